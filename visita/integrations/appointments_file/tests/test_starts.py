"""Files that know the hour, people by name, and what was cancelled."""

import csv
from pathlib import Path

import pytest

from visita.bookings.models import Visit
from visita.clients.models import Client
from visita.foundation.scope import scope
from visita.integrations.appointments_file.tests.conftest import MAPPING, Import
from visita.scheduling.models import Allocation
from visita.tenancy.models import Organization

HEADER = "id,place,name,phone,mail,booked,start,what,note"


@pytest.fixture
def with_hours(mapping_file: Path, bring: Import) -> Import:
    """The import with a mapping of starts, names and statuses in words."""
    text = MAPPING.replace('client_id = "client"', 'client_name = "name"\nphone = "phone"\nemail = "mail"')
    text = text.replace('day = "day"', 'start = "start"\nnote = "note"').replace(
        'status = "missed"', 'status = "what"'
    )
    text = text.replace(
        '"0" = "completed"\n"1" = "no_show"', 'done = "completed"\nwill = "confirmed"\noff = "cancelled"'
    )
    text = text.replace("08:00-10:00", "00:00-24:00").replace("monday-friday", "monday-sunday")
    mapping_file.write_text(text + '[formats]\nstart = "%d.%m.%Y %H:%M"\n', encoding="utf-8")
    return bring


def _bring(with_hours: Import, tmp_path: Path, *rows: str) -> dict[str, int]:
    file = tmp_path / "hours.csv"
    file.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    summary: dict[str, int] = with_hours(file=file)["refused_by_reason"]
    return summary


def _refused(tmp_path: Path) -> list[dict[str, str]]:
    (file,) = tmp_path.rglob("*refused*.csv")
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _walls() -> dict[str | None, tuple[str, str]]:
    with scope(Organization.objects.get(slug="two-clinics").pk):
        return {visit.external_id: (visit.wall, visit.status) for visit in Visit.objects.all()}


def test_a_start_is_kept_or_refused(with_hours: Import, tmp_path: Path) -> None:
    refused = _bring(
        with_hours,
        tmp_path,
        "x1,NORTH,Ana Lima,,,2016-05-02T08:00:00,03.05.2016 09:30,done,",
        "x2,NORTH,Rui Paz,,,2016-05-02T08:00:00,03.05.2016 09:30,will,",  # taken
        "x3,NORTH,Rui Paz,,,2016-05-02T08:00:00,02.05.2016 07:30,will,",  # before it was booked
        "x4,NORTH,Rui Paz,,,2016-05-02T08:00:00,03.05.2016 10:10,will,first visit",  # staff may leave the grid
    )
    assert refused == {"slot_taken": 1, "too_late": 1}
    reasons = {row["id"]: row["reason"] for row in _refused(tmp_path)}
    assert reasons["x2"] == "This time is taken there by x1."
    assert _walls() == {"x1": ("2016-05-03T09:30", "completed"), "x4": ("2016-05-03T10:10", "confirmed")}


def test_only_what_was_cancelled_gives_its_time_back(with_hours: Import, tmp_path: Path) -> None:
    refused = _bring(
        with_hours,
        tmp_path,
        "x1,NORTH,Ana Lima,,,2016-05-02T08:00:00,03.05.2016 09:30,off,",
        "x2,NORTH,Rui Paz,,,2016-05-02T08:00:00,03.05.2016 09:30,will,",
    )
    assert refused == {}
    assert {status for _wall, status in _walls().values()} == {"cancelled", "confirmed"}
    with scope(Organization.objects.get(slug="two-clinics").pk):
        assert Allocation.objects.filter(live=True).count() == 1


def test_people_without_ids_are_matched_by_name_and_contact(with_hours: Import, tmp_path: Path) -> None:
    _bring(
        with_hours,
        tmp_path,
        "x1,NORTH,Ana Lima,+55 27 99999-0001,,2016-05-02T08:00:00,03.05.2016 09:00,done,",
        "x2,SOUTH,ANA LIMA,027 99999 0001,,2016-05-02T08:01:00,04.05.2016 09:00,done,",
        "x3,SOUTH,Ana Lima,ask the neighbour,,2016-05-02T08:02:00,05.05.2016 09:00,done,",
    )
    with scope(Organization.objects.get(slug="two-clinics").pk):
        names = sorted(Client.objects.values_list("first_name", "last_name", "phone_e164"))
    assert names == [("Ana", "Lima", ""), ("Ana", "Lima", "+5527999990001")]


def test_hours_the_clocks_skip_or_show_twice(with_hours: Import, tmp_path: Path) -> None:
    refused = _bring(
        with_hours,
        tmp_path,
        "x1,NORTH,Ana Lima,,,2015-10-18T00:30:00,18.10.2015 01:00,done,",  # booked in an hour that never was
        "x2,NORTH,Rui Paz,,,2015-10-01T08:00:00,18.10.2015 00:30,done,",  # a start that never was
        "x3,NORTH,Rui Paz,,,2016-02-01T08:00:00,20.02.2016 23:30,done,",  # shown twice: the first
    )
    assert refused == {"time_does_not_exist": 1}
    with scope(Organization.objects.get(slug="two-clinics").pk):
        found = {visit.external_id: visit for visit in Visit.objects.all()}
    assert found["x1"].booked_at.isoformat() == "2015-10-18T03:00:00+00:00"
    assert found["x3"].s * 60 == 1456018200  # 2016-02-21T01:30Z, the first of the two


def test_a_client_who_cannot_be_kept_is_a_refused_row(with_hours: Import, tmp_path: Path) -> None:
    refused = _bring(
        with_hours, tmp_path, "x1,NORTH,Ana Lima,,no address,2016-05-02T08:00:00,03.05.2016 09:30,done,"
    )
    assert refused == {"email_invalid": 1}
    assert _walls() == {}
