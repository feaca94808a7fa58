"""Taking a visit to another location: as a whole, by staff, with whoever is there."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from tests import world
from visita.bookings import actions
from visita.bookings.models import Visit
from visita.bookings.requests import Booked, MoveRequest
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling
from visita.scheduling.models import Allocation, ResourceLocation
from visita.scheduling.policies import Pattern
from visita.tenancy import actions as tenancy

pytestmark = pytest.mark.django_db
TUESDAY = world.day_after(1)


@pytest.fixture
def home() -> world.Clinic:
    """A clinic whose Mihai works on Tuesday mornings at a branch in Berlin's zone."""
    made = world.clinic()
    return made


@pytest.fixture
def berlin(home: world.Clinic) -> int:
    place = tenancy.add_location(home.id, name="Berlin", zone="Europe/Berlin", actor=world.STAFF).pk
    with scope(home.id):
        ResourceLocation.objects.create(resource_id=home.mihai, location_id=place)
    hours = [Pattern(1, 600, 720, world.MONDAY - timedelta(days=365))]
    scheduling.set_working_time(home.id, home.mihai, place, hours, actor=world.STAFF)
    return place


def booked(home: world.Clinic, hour: int = 9) -> int:
    with clock.at(world.NOW):
        wanted = world.request(home, world.at(hour), who=home.ana, location_id=home.location)
        made = actions.book(home.id, wanted, world.CLIENT)
    assert isinstance(made, Booked)
    return made.visit_id


def go(home: world.Clinic, visit: int, place: int, hour: int, **more: object) -> None:
    start = world.at(hour, day=TUESDAY, zone=ZoneInfo("Europe/Berlin"))
    wanted = MoveRequest(start, location_id=place, **{"staff": True, **more})  # type: ignore[arg-type]
    with clock.at(world.NOW):
        actions.move(home.id, visit, wanted, world.STAFF)


def test_the_visit_lives_there_with_whoever_is_there(home: world.Clinic, berlin: int) -> None:
    visit = booked(home)
    go(home, visit, berlin, 10)
    with scope(home.id):
        found = Visit.objects.get(pk=visit)
        claims = list(Allocation.objects.filter(live=True).values_list("location_id", "resource_id"))
    assert (found.location_id, found.zone, found.wall) == (berlin, "Europe/Berlin", "2026-11-24T10:00")
    assert claims == [(berlin, home.mihai)]


def test_the_old_time_is_free_again_and_the_new_one_taken(home: world.Clinic, berlin: int) -> None:
    visit = booked(home)
    go(home, visit, berlin, 10)
    second = booked(home)  # the same time as the first had
    with pytest.raises(Refusal) as refused:
        go(home, second, berlin, 10)
    assert refused.value.code == "slot_taken"
    assert {each["start"][:10] for each in refused.value.extra["alternatives"]} == {"2026-11-24"}


def test_a_closed_time_there_is_refused_and_nothing_changes(home: world.Clinic, berlin: int) -> None:
    visit = booked(home)
    with pytest.raises(Refusal) as refused:
        go(home, visit, berlin, 15)
    assert refused.value.code == "not_offered"
    with scope(home.id):
        assert Visit.objects.get(pk=visit).location_id == home.location


def test_clients_and_parts_stay_where_they_are(home: world.Clinic, berlin: int) -> None:
    visit = booked(home)
    with scope(home.id):
        part = Visit.objects.get(pk=visit).pk
    for more in ({"staff": False}, {"appointment_id": part}):
        with pytest.raises(Refusal, match=r"not_offered|not_found"):
            go(home, visit, berlin, 10, **more)


def test_a_foreign_location_does_not_exist(home: world.Clinic) -> None:
    visit, other = booked(home), world.clinic()
    with pytest.raises(Refusal, match="not_found"):
        go(home, visit, other.location, 10)
