"""What binds clients only: hours kept for staff, the step offered, and rests too short for anybody."""

from datetime import datetime
from typing import Any

import pytest

from tests.world import CLIENT, MONDAY, STAFF, WEEK, ZONE, Clinic, at, person, request, service
from visita.bookings import actions
from visita.bookings.availability import Ask, AskItem, availability, explain
from visita.bookings.requests import BookRequest, HoldRequest, Item
from visita.catalog import actions as catalog
from visita.catalog.policies import Offer
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling
from visita.scheduling.policies import Pattern
from visita.tenancy import actions as tenancy
from visita.tenancy.settings import crossing

MORNING = [[weekday, 540, 660] for weekday in range(5)]


def offered(cast: Clinic, who: int | None = None, *, staff: bool = False, service: int = 0) -> list[str]:
    ask = Ask(cast.location, (AskItem(service or cast.visit, who),), MONDAY, MONDAY, staff=staff)
    with scope(cast.id):
        days = availability(ask).days
    return [f"{clock.from_minute(each.start).astimezone(ZONE):%H:%M}" for each in days[0].starts]


def bookable(cast: Clinic, start: datetime, who: int | None = None, **more: Any) -> bool:
    """Whether a hold of the time is given; it is given up again."""
    item = Item(more.pop("service", cast.visit), who, start)
    try:
        held = actions.hold(cast.id, HoldRequest((item,), **more), CLIENT)
    except Refusal:
        return False
    actions.release_hold(cast.id, held.token, CLIENT)
    return True


def same(cast: Clinic, who: int | None = None, step: int = 15, *, service: int = 0) -> list[str]:
    """The offered starts, after every start of the day was tried: offered is what can be booked."""
    starts = offered(cast, who, service=service)
    tried = [at(minute // 60, minute % 60) for minute in range(540, 1020, step)]
    able = [f"{start:%H:%M}" for start in tried if bookable(cast, start, who, service=service or cast.visit)]
    assert able == starts
    return starts


@pytest.mark.parametrize(
    "place",
    ["organization", "location", "service", "resource", "service_resource"],
)
def test_hours_kept_for_staff_at_every_place(cast: Clinic, place: str) -> None:
    ids = {
        "organization": 0,
        "location": cast.location,
        "service": cast.visit,
        "resource": cast.ana,
        "service_resource": crossing(cast.visit, cast.ana),
    }
    tenancy.set_setting(cast.id, "online_hours", MORNING, actor=STAFF, scope_kind=place, scope_id=ids[place])
    assert same(cast, cast.ana, 30) == ["09:00", "09:30", "10:00", "10:30"]
    assert len(offered(cast, cast.ana, staff=True)) == 15
    assert actions.book(cast.id, request(cast, at(16), None, cast.ana, staff=True), STAFF)


def test_the_service_and_the_resource_must_both_be_open(cast: Clinic) -> None:
    early, late = [[0, 540, 720]], [[0, 660, 1020]]
    tenancy.set_setting(
        cast.id, "online_hours", early, actor=STAFF, scope_kind="service", scope_id=cast.visit
    )
    tenancy.set_setting(cast.id, "online_hours", late, actor=STAFF, scope_kind="resource", scope_id=cast.ana)
    assert same(cast, cast.ana, 30) == ["11:00", "11:30"]
    assert same(cast, None, 30) == ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"]


def test_a_shift_keeps_a_part_for_staff(cast: Clinic) -> None:
    shift = Pattern(0, 540, 750, WEEK[0].valid_from, online=((540, 600), (690, 750)))
    closed = Pattern(0, 780, 1020, WEEK[0].valid_from, online=())
    scheduling.set_working_time(cast.id, cast.ana, cast.location, [shift, closed], actor=STAFF)
    assert same(cast, cast.ana, 30) == ["09:00", "09:30", "11:30", "12:00"]
    with scope(cast.id):
        asked = Ask(cast.location, (AskItem(cast.visit, cast.ana),), MONDAY, MONDAY)
        reasons = explain(asked, clock.to_minute(at(10)))
    assert [reason.code for reason in reasons] == ["staff_only"]


def test_a_single_date_keeps_a_part_for_staff(cast: Clinic) -> None:
    scheduling.set_exception(
        cast.id, cast.ana, cast.location, MONDAY, [[540, 720]], actor=STAFF, online=[[600, 660]]
    )
    assert same(cast, cast.ana, 30) == ["10:00", "10:30"]
    with pytest.raises(Refusal, match="bad_interval"):
        scheduling.set_exception(
            cast.id, cast.ana, cast.location, MONDAY, [[540, 720]], actor=STAFF, online=[[600, 800]]
        )


def test_a_class_in_the_hours_of_staff_is_for_staff(cast: Clinic) -> None:
    actions.add_session(cast.id, cast.yoga, cast.location, at(14), [cast.ana], actor=STAFF)
    assert offered(cast, service=cast.yoga) == ["14:00"]
    tenancy.set_setting(cast.id, "online_hours", MORNING, actor=STAFF)
    assert offered(cast, service=cast.yoga) == []
    with pytest.raises(Refusal, match="not_offered"):
        actions.book(cast.id, request(cast, at(14), cast.yoga), CLIENT)
    actions.book(cast.id, request(cast, at(14), cast.yoga, staff=True), STAFF)


def test_full_hours_are_offered_whatever_the_journals_step(cast: Clinic) -> None:
    tenancy.set_setting(cast.id, "online_step", 60, actor=STAFF)
    assert same(cast, cast.ana, 30) == [
        "09:00",
        "10:00",
        "11:00",
        "12:00",
        "13:00",
        "14:00",
        "15:00",
        "16:00",
    ]
    assert "09:30" in offered(cast, cast.ana, staff=True)
    with pytest.raises(Refusal, match="bad_setting"):
        tenancy.set_setting(cast.id, "online_step", 7, actor=STAFF)


def quick(cast: Clinic) -> None:
    """The shortest service with Ana takes 30 minutes, the consultation starts every quarter and takes 45."""
    catalog.change_service(
        cast.id, cast.visit, {"minutes": 45, "start_step": 15}, actor=STAFF, resources=[Offer(cast.ana)]
    )
    service(cast.id, "Check", [cast.ana], minutes=30)


def test_no_start_leaves_a_rest_nobody_could_book(cast: Clinic) -> None:
    quick(cast)
    tenancy.set_setting(cast.id, "gap_avoidance", "strict", actor=STAFF)
    starts = same(cast, cast.ana)
    assert starts[:4] == ["09:00", "09:30", "09:45", "10:00"]  # 09:15 would leave a quarter of an hour before
    assert "11:45" in starts and "11:30" not in starts and "11:15" in starts
    assert "09:15" in offered(cast, cast.ana, staff=True)


def test_softly_a_day_without_better_starts_shows_them_all(cast: Clinic) -> None:
    quick(cast)
    scheduling.set_exception(cast.id, cast.ana, cast.location, MONDAY, [[540, 600]], actor=STAFF)
    tenancy.set_setting(cast.id, "gap_avoidance", "strict", actor=STAFF)
    assert same(cast, cast.ana) == []  # 60 minutes: either start leaves a quarter
    tenancy.set_setting(cast.id, "gap_avoidance", "soft", actor=STAFF)
    assert same(cast, cast.ana) == ["09:00", "09:15"]
    scheduling.set_exception(cast.id, cast.ana, cast.location, MONDAY, [[540, 615]], actor=STAFF)
    assert same(cast, cast.ana) == ["09:00", "09:30"]


def test_a_held_time_stands_whatever_was_booked_beside_it(cast: Clinic) -> None:
    quick(cast)
    tenancy.set_setting(cast.id, "gap_avoidance", "strict", actor=STAFF)
    held = actions.hold(cast.id, HoldRequest((Item(cast.visit, cast.ana, at(10)),)), CLIENT)
    actions.book(cast.id, request(cast, at(9), None, cast.ana, staff=True), STAFF)  # leaves a quarter between
    with pytest.raises(Refusal, match=r"not_offered|slot_taken"):
        actions.hold(cast.id, HoldRequest((Item(cast.visit, cast.ana, at(11)),)), CLIENT)
    assert actions.book(cast.id, request(cast, at(10), None, cast.ana, hold=held.token), CLIENT)


def test_a_start_that_came_to_leave_a_gap_is_refused_with_others(cast: Clinic) -> None:
    quick(cast)
    tenancy.set_setting(cast.id, "gap_avoidance", "strict", actor=STAFF)
    with pytest.raises(Refusal) as refused:
        actions.book(cast.id, request(cast, at(9, 15), None, cast.ana), CLIENT)
    assert refused.value.code == "not_offered"
    assert refused.value.extra["alternatives"][0]["start"] == at(9).isoformat()


def test_of_two_services_the_first_and_the_last_leave_no_gap(cast: Clinic) -> None:
    quick(cast)
    tenancy.set_setting(cast.id, "gap_avoidance", "strict", actor=STAFF)
    items = (AskItem(cast.visit, cast.ana), AskItem(cast.visit, cast.ana))
    with scope(cast.id):
        found = availability(Ask(cast.location, items, MONDAY, MONDAY)).days[0].starts
    shown = [f"{clock.from_minute(each.start).astimezone(ZONE):%H:%M}" for each in found]
    assert shown[:3] == ["09:00", "09:30", "09:45"]
    for each in found:
        wanted = tuple(Item(cast.visit, cast.ana, clock.from_minute(one.start)) for one in each.items)
        held = actions.hold(cast.id, HoldRequest(wanted), CLIENT)
        actions.release_hold(cast.id, held.token, CLIENT)
    late = (Item(cast.visit, cast.ana, at(9, 15)), Item(cast.visit, cast.ana, at(10)))
    with pytest.raises(Refusal, match="not_offered"):
        actions.book(cast.id, BookRequest(late, client=person()), CLIENT)
