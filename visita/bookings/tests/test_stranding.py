"""A change of working time that leaves visits outside: refused with the list, made with its token, at every door."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.world import CLIENT, MONDAY, STAFF, Clinic, at, day_after, request
from visita.bookings import actions
from visita.bookings.journal_hours import plan
from visita.bookings.requests import Booked
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling
from visita.scheduling.changes import Day, Week
from visita.scheduling.models import Resource, WorkingException
from visita.scheduling.policies import Pattern


def booked(cast: Clinic, hour: int, who: int | None = None, **more: Any) -> int:
    """A visit on Monday."""
    made = actions.book(cast.id, request(cast, at(hour), who=who or cast.ana, **more), CLIENT)
    assert isinstance(made, Booked)
    return made.visit_id


def refused(cast: Clinic, *changes: Day | Week, agreed: str = "") -> Refusal:
    """The refusal of a change; nothing of it was kept."""
    with pytest.raises(Refusal) as caught:
        scheduling.change_hours(cast.id, changes, actor=STAFF, agreed=agreed)
    with scope(cast.id):
        assert not WorkingException.objects.exists()
    assert caught.value.code == "visits_stranded"
    return caught.value


def listed(refusal: Refusal) -> list[int]:
    return [each["visit"] for each in refusal.extra["visits"]]


def test_an_absence_lists_whom_it_strands(cast: Clinic) -> None:
    ten, noon = booked(cast, 10), booked(cast, 14)
    booked(cast, 10, cast.mihai)
    refusal = refused(cast, Day(cast.ana, None, MONDAY))
    assert listed(refusal) == [ten, noon]
    scheduling.change_hours(
        cast.id, [Day(cast.ana, None, MONDAY)], actor=STAFF, agreed=refusal.extra["token"]
    )
    with scope(cast.id):
        assert WorkingException.objects.get().intervals == []


def test_shorter_hours_strand_only_what_falls_out(cast: Clinic) -> None:
    booked(cast, 10)
    noon = booked(cast, 14)
    assert listed(refused(cast, Day(cast.ana, cast.location, MONDAY, ((540, 720),)))) == [noon]
    scheduling.change_hours(
        cast.id, [Day(cast.ana, cast.location, MONDAY, ((540, 900), (900, 1000)))], actor=STAFF
    )


def test_a_visit_booked_meanwhile_is_listed_again(cast: Clinic) -> None:
    ten = booked(cast, 10)
    token = refused(cast, Day(cast.ana, None, MONDAY)).extra["token"]
    eleven = booked(cast, 11)
    refusal = refused(cast, Day(cast.ana, None, MONDAY), agreed=token)
    assert (listed(refusal), refusal.extra["token"] != token) == ([ten, eleven], True)


def test_a_closed_day_strands_everybodys_visits(cast: Clinic) -> None:
    visits = [booked(cast, 10), booked(cast, 10, cast.mihai)]
    assert sorted(listed(refused(cast, Day(None, cast.location, MONDAY)))) == sorted(visits)


def test_a_helper_or_a_room_that_is_away_strands_too(cast: Clinic) -> None:
    scan = booked(cast, 10, service=cast.scan)
    assert listed(refused(cast, Day(cast.nurse, None, MONDAY))) == [scan]
    assert listed(refused(cast, Day(cast.room, None, MONDAY))) == [scan]


def test_a_shorter_week_and_its_end_strand(cast: Clinic) -> None:
    ten = booked(cast, 10)
    tuesdays = Week(cast.ana, cast.location, (Pattern(1, 540, 1020, MONDAY),))
    assert listed(refused(cast, tuesdays)) == [ten]


def test_taking_an_extra_day_back_strands_whoever_came_for_it(cast: Clinic) -> None:
    saturday = day_after(5)
    scheduling.set_exception(cast.id, cast.ana, cast.location, saturday, [[540, 720]], actor=STAFF)
    actions.book(cast.id, request(cast, at(10, day=saturday), who=cast.ana), CLIENT)
    with pytest.raises(Refusal, match="visits_stranded"):
        scheduling.change_hours(cast.id, [Day(cast.ana, cast.location, saturday, None)], actor=STAFF)


def test_what_stood_outside_before_is_not_asked_again(cast: Clinic) -> None:
    booked(cast, 10)
    token = refused(cast, Day(cast.ana, None, MONDAY)).extra["token"]
    scheduling.change_hours(cast.id, [Day(cast.ana, None, MONDAY)], actor=STAFF, agreed=token)
    scheduling.change_hours(cast.id, [Day(cast.ana, cast.location, MONDAY, ((840, 900),))], actor=STAFF)


def test_an_absence_everywhere_wins_over_other_hours_of_the_day(cast: Clinic) -> None:
    scheduling.change_hours(cast.id, [Day(cast.ana, cast.location, MONDAY, ((540, 720),))], actor=STAFF)
    scheduling.change_hours(cast.id, [Day(cast.ana, None, MONDAY, reason="ill")], actor=STAFF)
    with pytest.raises(Refusal):
        booked(cast, 10)


def test_ten_years_away_at_once_are_refused(cast: Clinic) -> None:
    days = [Day(cast.ana, None, day_after(at)) for at in range(3650)]
    with pytest.raises(Refusal, match="too_many_days"):
        scheduling.change_hours(cast.id, days, actor=STAFF)


def test_a_hall_that_loses_its_hours_lists_whom_it_strands_and_is_shown_closed(cast: Clinic) -> None:
    gym = booked(cast, 10, cast.hall, service=cast.gym)
    refusal = refused(cast, Week(cast.hall, cast.location, ()))
    assert listed(refusal) == [gym]
    scheduling.set_working_time(
        cast.id, cast.hall, cast.location, [], actor=STAFF, agreed=refusal.extra["token"]
    )
    with scope(cast.id):
        hall, room = Resource.objects.get(pk=cast.hall), Resource.objects.get(pk=cast.room)
        hours = plan(cast.location, MONDAY, MONDAY).of([hall, room], MONDAY, ZoneInfo("Europe/Bucharest"))
    assert hours.working[cast.hall] == () and hours.working[cast.room]


def test_a_room_beside_without_hours_is_open_all_day(cast: Clinic) -> None:
    booked(cast, 10, service=cast.scan)
    scheduling.set_working_time(cast.id, cast.room, cast.location, [], actor=STAFF)
    with scope(cast.id):
        room = Resource.objects.get(pk=cast.room)
        hours = plan(cast.location, MONDAY, MONDAY).of([room], MONDAY, ZoneInfo("Europe/Bucharest"))
    assert cast.room not in hours.working
