"""What is refused is told and leaves nothing behind: rows one by one, files and mappings as a whole."""

import csv
from pathlib import Path

import pytest
from django.test import override_settings

from visita.bookings.models import Visit
from visita.clients.models import Client
from visita.foundation.scope import scope
from visita.integrations.appointments_file import command
from visita.integrations.appointments_file.tests.conftest import MAPPING, ROWS, Import, Write
from visita.tenancy.models import Organization


def _refused(tmp_path: Path) -> list[list[str]]:
    with (tmp_path / "refused.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def test_refused_rows_are_kept_with_line_and_reason(bring: Import, tmp_path: Path) -> None:
    rows = [
        "b1,NORTH,c1,2016-05-04T08:00:00,2016-05-03,0",  # booked after its own day
        "b2,NORTH,c1,2016-05-04T08:00:00,2016-05-07,0",  # a Saturday
        "b3,NORTH,c1,2016-05-04T10:00:00,2016-05-04,0",  # the doors close
        *(f"c{n},SOUTH,c{n},2016-05-02T08:00:00,2016-05-03,1" for n in range(5)),  # four half hours
    ]
    summary = bring(*rows)
    assert summary["refused_by_reason"] == {"no_free_start": 2, "not_offered": 1, "too_late": 1}
    assert (summary["booked"], summary["read"], summary["found"]) == (4, 8, 4)
    told = [row[:3] + row[3:4] for row in _refused(tmp_path)]
    assert told[0] == ["line", "code", "reason", "id"]
    assert [(line, code, name) for line, code, _reason, name in told[1:]] == [
        ("2", "too_late", "b1"),
        ("3", "not_offered", "b2"),
        ("4", "no_free_start", "b3"),
        ("9", "no_free_start", "c4"),
    ]


def test_a_refused_row_leaves_nothing_behind(bring: Import) -> None:
    assert bring("b1,NORTH,c9,2016-05-04T08:00:00,2016-05-03,0")["clients_created"] == 0
    with scope(Organization.objects.get(slug="two-clinics").pk):
        assert not Client.objects.exists()
        assert not Visit.objects.exists()


def test_refused_cells_are_no_formulas_and_private(bring: Import, tmp_path: Path) -> None:
    bring("b1,NORTH,=1+1,2016-05-04T08:00:00,2016-05-03,0", "-2,NORTH,@x,2016-05-04T08:00:00,2016-05-03,0")
    cells = [cell for row in _refused(tmp_path) for cell in row]
    assert {"'=1+1", "'-2", "'@x"} <= set(cells)
    assert (tmp_path / "refused.csv").stat().st_mode & 0o077 == 0


def test_an_unusable_file_founds_nothing(bring: Import, write: Write, tmp_path: Path) -> None:
    said = bring(*ROWS, "a9,NORTH,c1,2016-05-02T09:00:00,2016-02-30,0", code=2)
    assert (said["count"], said["errors"][0]["line"]) == (1, 5)
    assert said["errors"][0]["file"].endswith("file.csv")
    assert not Organization.objects.filter(slug="two-clinics").exists()
    assert not (tmp_path / "refused.csv").exists()


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('country = "BR"', 'country = "ZZ"', "This country is not known"),
        ('currency = "BRL"', 'currency = "XXY"', "This currency is not known"),
        (
            MAPPING[MAPPING.index("[organization]") : MAPPING.index("[service]")],
            "",
            "there is no organization two-clinics",
        ),
    ],
)
def test_an_organization_that_cannot_be_made(
    bring: Import, mapping_file: Path, old: str, new: str, reason: str
) -> None:
    mapping_file.write_text(MAPPING.replace(old, new), encoding="utf-8")
    assert reason in bring(*ROWS, code=2)["errors"][0]["reason"]
    assert not Organization.objects.filter(slug="two-clinics").exists()


def test_a_location_whose_name_cannot_be_kept_founds_nothing(bring: Import) -> None:
    said = bring("b1,NO\u202eRTH,c1,2016-05-04T08:00:00,2016-05-05,0", code=2)
    assert "place: This text has characters that cannot be kept" in said["errors"][0]["reason"]
    assert not Organization.objects.filter(slug="two-clinics").exists()


def test_the_refused_file_never_replaces_what_is_read(bring: Import, write: Write, tmp_path: Path) -> None:
    file = write(*ROWS, name="refused.csv")
    assert "would overwrite" in bring(file=file, code=2)["errors"][0]["reason"]
    assert file.read_text(encoding="utf-8").count("\n") == 4


def test_refused_rows_that_cannot_be_written_end_it_at_once(
    mapping_file: Path, write: Write, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(*ROWS)
    assert command.run(file, mapping_file, "two-clinics", refused=file / "refused.csv") == 2
    assert "File exists" in capsys.readouterr().err
    assert not Organization.objects.filter(slug="two-clinics").exists()


def test_a_name_that_is_no_slug_leaves_no_file(mapping_file: Path, write: Write, tmp_path: Path) -> None:
    with override_settings(VISITA_DATA=tmp_path / "data"):
        code = command.run(write(*ROWS), mapping_file, "../x")
    assert code == command.UNUSABLE
    assert not list(tmp_path.rglob("*-refused.csv"))
