"""The import books through the booking action, with the clock of each row, what the mapping describes."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from visita.activity.models import Activity
from visita.bookings.models import Visit
from visita.clients.models import Client
from visita.foundation.scope import scope
from visita.integrations.appointments_file import command
from visita.integrations.appointments_file.tests.conftest import ROWS, Import, Write
from visita.integrations.verbs import IMPORTED
from visita.scheduling.models import Allocation, Resource
from visita.tenancy.models import Location, Organization, Profile


def _visits() -> list[Visit]:
    with scope(Organization.objects.get(slug="two-clinics").pk):
        return list(Visit.objects.order_by("external_id"))


def _walls() -> dict[str | None, str]:
    return {visit.external_id: visit.wall for visit in _visits()}


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


def test_the_clock_is_respected_on_the_day_itself(bring: Import) -> None:
    bring("b1,NORTH,c1,2016-05-04T08:31:00,2016-05-04,0", "b2,NORTH,c2,2016-05-04T07:00:00,2016-05-04,0")
    assert _walls() == {"b1": "2016-05-04T09:00", "b2": "2016-05-04T08:00"}


def test_names_with_combining_marks_are_one_place(bring: Import) -> None:
    rows = [
        "b1,ITARARE\u0301,c1,2016-05-04T08:00:00,2016-05-05,0",
        "b2,ITARAR\u00c9,c1,2016-05-04T08:00:00,2016-05-05,0",
    ]
    assert bring(*rows)["made"]["locations"] == 1
    assert bring(*rows)["made"]["locations"] == 0


def test_the_summary_for_people(
    mapping_file: Path, write: Write, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    late = "b1,NORTH,c1,2016-05-04T08:00:00,2016-05-03,0"
    refused = mapping_file.with_name("refused.csv")
    assert command.run(write(*ROWS, late), mapping_file, "two-clinics", refused=refused) == 0
    said = capsys.readouterr().out
    assert "4 of 4 rows read for two-clinics" in said
    assert "too_late: 1" in said
    assert "33.33% booked, 33.33% in the file for the same rows" in said
    with scope(Organization.objects.get(slug="two-clinics").pk):
        event = Activity.objects.get(verb=IMPORTED)
    assert event.payload == {
        "rows": 4, "read": 4, "booked": 3, "already": 0, "refused": 1, "clients_created": 2
    }  # fmt: skip
