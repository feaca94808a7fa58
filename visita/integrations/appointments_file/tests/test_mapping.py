"""The mapping refuses what it cannot mean, with its line; the committed one is whole."""

from pathlib import Path

import pytest

from config.environment import ROOT
from visita.integrations.appointments_file import mapping
from visita.integrations.appointments_file.problems import Unusable
from visita.integrations.appointments_file.tests.conftest import MAPPING

WRONG = [
    ('day = "day"\n', "", "columns.day: name either a day or a start column", 4),
    ('day = "day"', 'day = "day"\nstart = "begin"', "columns.day: name either", 9),
    ('external_id = "id"\n', "", "columns.external_id: is missing", 4),
    ('client_id = "client"', 'colour = "client"', "columns.colour: is not a key we know", 7),
    ('client_id = "client"\n', "", "columns.client_id: name a column for the client", 4),
    ('"1" = "no_show"', '"1" = "eaten"', "status.1: is none of confirmed, completed", 13),
    ("minutes = 30", 'minutes = "30"', "service.minutes: is not a number", 24),
    ("minutes = 30", "minutes = 0", "service.minutes: is not a whole number from 1 to 1440", 24),
    (
        "America/Sao_Paulo",
        "America/Atlantis",
        "organization.zone: there is no time zone 'America/Atlantis'",
        19,
    ),
    (
        "08:00-10:00",
        "10:00-08:00",
        "locations.working_time.monday-friday: '10:00-08:00' is not an interval",
        30,
    ),
    ("monday-friday", "friday-monday", "the week begins on monday", 30),
    ("monday-friday", "mundag", "'mundag' is not a day of the week", 30),
    (
        '["08:00-10:00"]',
        '["08:00-10:00", "09:00-11:00"]',
        "locations.working_time: two intervals of monday overlap",
        29,
    ),
    ('"old-program"', '"old-program"\nencoding = "klingon"', "file.encoding: unknown encoding: klingon", 4),
    ('"old-program"', '"old-program"\nencoding = "base64"', "file.encoding:", 4),
    ('"old-program"', '"old-program"\ndelimiter = ";;"', "file.delimiter: the delimiter is one character", 4),
    ('"room"', '"castle"', "locations.resource_kind: is none of person, room", 28),
    ("[service]", "[sauce]", "sauce: is not a key we know", 22),
    ("[service]", "[service", "is not a mapping", 22),
]


@pytest.mark.parametrize(("old", "new", "reason", "line"), WRONG)
def test_what_a_mapping_cannot_mean_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, reason: str, line: int
) -> None:
    assert old in MAPPING
    file = tmp_path / "mapping.toml"
    file.write_text(MAPPING.replace(old, new), encoding="utf-8")
    with pytest.raises(Unusable) as caught:
        mapping.read(file)
    told = [(problem.line, problem.reason) for problem in caught.value.problems if reason in problem.reason]
    assert [number for number, _reason in told] == [line], caught.value.problems


def test_a_tab_separates_cells(tmp_path: Path) -> None:
    file = tmp_path / "mapping.toml"
    file.write_text(MAPPING.replace('"old-program"', '"old-program"\ndelimiter = "\\t"'), encoding="utf-8")
    assert mapping.read(file).delimiter == "\t"


def test_all_reasons_are_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "mapping.toml"
    file.write_text(
        MAPPING.replace("30", "0").replace("BRL", "").replace("no_show", "eaten"), encoding="utf-8"
    )
    with pytest.raises(Unusable) as caught:
        mapping.read(file)
    assert caught.value.count == 3


@pytest.mark.parametrize("data", [b"\xff\xfe", b"x" * (1 << 21)])
def test_what_is_no_text_is_no_mapping(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "mapping.toml"
    file.write_bytes(data)
    with pytest.raises(Unusable, match="is not a mapping"):
        mapping.read(file)


def test_a_named_location_keeps_what_it_does_not_say(tmp_path: Path) -> None:
    file = tmp_path / "mapping.toml"
    file.write_text(MAPPING + '[locations.named."NORTH"]\nresources = 4\nname = "North"\n', encoding="utf-8")
    found = mapping.read(file)
    north, south = found.plan("NORTH"), found.plan("SOUTH")
    assert (north.name, north.resources, south.name, south.resources) == ("North", 4, None, 1)
    assert north.week == south.week == dict.fromkeys(range(5), ((480, 600),))


def test_the_committed_mapping_is_whole() -> None:
    found = mapping.read(ROOT / "examples" / "import" / "vitoria-2016.toml")
    assert found.founding is not None
    assert found.founding.zone == "America/Sao_Paulo"
    assert found.statuses == {"0": "completed", "1": "no_show"}


def test_the_mapping_of_the_manual_is_whole(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "howto" / "import-appointments.md").read_text(encoding="utf-8")
    file = tmp_path / "mapping.toml"
    file.write_text(page.partition("```toml\n")[2].partition("```")[0], encoding="utf-8")
    assert mapping.read(file).plan("Branch 2").resources == 5
