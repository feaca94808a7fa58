"""The whole import: through the booking action, once only, and every row accounted for."""

import csv
import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from visita.activity.models import Activity
from visita.bookings.actions.book import book_within
from visita.bookings.models import Visit
from visita.clients.models import Client
from visita.foundation.scope import scope
from visita.integrations.appointments_file import booking
from visita.integrations.appointments_file.known import Known
from visita.integrations.appointments_file.tests.conftest import MAPPING, ROWS, Import, Write
from visita.scheduling.models import Allocation, Resource
from visita.tenancy.models import Location, Organization, Profile


def _visits() -> list[Visit]:
    with scope(Organization.objects.get(slug="two-clinics").pk):
        return list(Visit.objects.order_by("external_id"))


def _walls() -> dict[str | None, str]:
    return {visit.external_id: visit.wall for visit in _visits()}


def _refused(tmp_path: Path) -> list[list[str]]:
    with (tmp_path / "refused.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def test_rows_become_visits(bring: Import) -> None:
    summary = bring(*ROWS)
    assert (summary["booked"], summary["refused"], summary["clients_created"]) == (3, 0, 2)
    assert summary["no_show_share"] == {"booked": 0.333333, "file": 0.333333}
    assert summary["made"] == {"locations": 2, "resources": 2, "services": 1}
    found = {visit.external_id: (visit.wall, visit.status) for visit in _visits()}
    assert found == {
        "a1": ("2016-05-03T08:00", "completed"),
        "a2": ("2016-05-03T08:30", "no_show"),
        "a3": ("2016-05-03T08:00", "completed"),
    }


def test_the_clock_is_the_booking_time_of_the_row(bring: Import) -> None:
    bring(*ROWS)
    first = _visits()[0]
    assert first.booked_at == datetime(2016, 5, 2, 11, 0, tzinfo=UTC)  # 08:00 in São Paulo
    with scope(first.organization_id):
        booked = Activity.objects.get(object_kind="visit", object_id=first.pk)
        assert (booked.at, booked.source, booked.actor_label) == (first.booked_at, "import", "old-program")
        assert Client.objects.get(pk=first.client_id).first_name == "Client c1"


def test_every_visit_keeps_its_time_whatever_became_of_it(bring: Import) -> None:
    bring(*ROWS)
    with scope(Organization.objects.get(slug="two-clinics").pk):
        assert Allocation.objects.filter(live=True, kind="visit").count() == 3


def test_what_the_mapping_says_is_made_and_nothing_twice(bring: Import) -> None:
    bring(*ROWS)
    assert bring(*ROWS)["made"] == {"locations": 0, "resources": 0, "services": 0}
    with scope(Organization.objects.get(slug="two-clinics").pk):
        assert Profile.objects.get().currency == "BRL"
        assert sorted(Location.objects.values_list("name", "zone")) == [
            ("NORTH", "America/Sao_Paulo"),
            ("SOUTH", "America/Sao_Paulo"),
        ]
        assert list(Resource.objects.values_list("name", "kind")) == [("Room 1", "room")] * 2


def test_a_second_run_adds_nothing(bring: Import) -> None:
    bring(*ROWS)
    again = bring(*ROWS)
    assert (again["booked"], again["already"], again["clients_created"]) == (0, 3, 0)
    assert again["no_show_share"] == {"booked": 0.333333, "file": 0.333333}
    assert len(_visits()) == 3


def test_a_larger_file_adds_what_is_new(bring: Import) -> None:
    bring(*ROWS)
    more = bring(*ROWS, "a4,NORTH,c1,2016-05-02T09:00:00,2016-05-03,0")
    assert (more["booked"], more["already"], more["clients_created"]) == (1, 3, 0)


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


def test_the_clock_is_respected_on_the_day_itself(bring: Import) -> None:
    bring("b1,NORTH,c1,2016-05-04T08:31:00,2016-05-04,0", "b2,NORTH,c2,2016-05-04T07:00:00,2016-05-04,0")
    assert _walls() == {"b1": "2016-05-04T09:00", "b2": "2016-05-04T08:00"}


def test_an_interrupted_import_goes_on_where_it_stopped(
    bring: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = booking.Booker._row

    def row(self: booking.Booker, row: Any) -> None:
        real(self, row)
        if row.external_id == "a2":
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(booking.Booker, "_row", row)
    cut = bring(*ROWS, code=130)
    assert (cut["interrupted"], cut["booked"], cut["read"], cut["found"]) == (True, 2, 2, 2)
    monkeypatch.undo()
    rest = bring(*ROWS)
    assert (rest["booked"], rest["already"]) == (1, 2)
    assert _walls() == {"a1": "2016-05-03T08:00", "a2": "2016-05-03T08:30", "a3": "2016-05-03T08:00"}


def test_a_database_that_goes_away_keeps_what_is_booked(
    bring: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = book_within

    def book(request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.external.id == "a3":
            raise OperationalError("the connection is closed")
        return real(request, *args, **kwargs)

    monkeypatch.setattr(booking, "book_within", book)
    summary = bring(*ROWS, code=1)
    assert (summary["booked"], summary["stopped"]) == (2, "the connection is closed")
    monkeypatch.undo()
    assert bring(*ROWS)["booked"] == 1


def test_two_imports_of_one_file_at_once(bring: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one books between our look and our write: the unique key refuses, and the row counts as there."""
    bring(*ROWS[:1])
    real = Known.look
    looks: list[int] = []

    def look(self: Known, rows: Any) -> None:
        real(self, rows)
        looks.append(len(rows))
        if len(looks) == 1:
            self.visits.clear()
            self.clients.clear()

    monkeypatch.setattr(Known, "look", look)
    summary = bring(*ROWS)
    assert (summary["already"], summary["booked"], looks) == (1, 2, [3, 1])
    assert len(_visits()) == 3


def test_an_unusable_file_founds_nothing(bring: Import, write: Write, tmp_path: Path) -> None:
    said = bring(*ROWS, "a9,NORTH,c1,2016-05-02T09:00:00,2016-02-30,0", code=2)
    assert (said["count"], said["errors"][0]["line"]) == (1, 5)
    assert said["errors"][0]["file"].endswith("file.csv")
    assert not Organization.objects.exists()
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
    assert not Organization.objects.exists()


def test_a_location_whose_name_cannot_be_kept_founds_nothing(bring: Import) -> None:
    said = bring("b1,NO\u202eRTH,c1,2016-05-04T08:00:00,2016-05-05,0", code=2)
    assert "place: This text has characters that cannot be kept" in said["errors"][0]["reason"]
    assert not Organization.objects.exists()


def test_the_refused_file_never_replaces_what_is_read(bring: Import, write: Write, tmp_path: Path) -> None:
    file = write(*ROWS, name="refused.csv")
    assert "would overwrite" in bring(file=file, code=2)["errors"][0]["reason"]
    assert file.read_text(encoding="utf-8").count("\n") == 4


def test_names_with_combining_marks_are_one_place(bring: Import) -> None:
    rows = [
        "b1,ITARARE\u0301,c1,2016-05-04T08:00:00,2016-05-05,0",
        "b2,ITARAR\u00c9,c1,2016-05-04T08:00:00,2016-05-05,0",
    ]
    assert bring(*rows)["made"]["locations"] == 1
    assert bring(*rows)["made"]["locations"] == 0
