"""What clients may change, whom "anyone" gets, and an organization that books for its clients itself."""

from datetime import timedelta
from typing import Any

import pytest

from tests.world import CLIENT, MONDAY, STAFF, Clinic, at, day_after, person, request
from visita.bookings import actions
from visita.bookings.availability import Ask, AskItem, availability
from visita.bookings.models import Visit
from visita.bookings.requests import BookRequest, HoldRequest, Item, MoveRequest
from visita.bookings.spans import require_span
from visita.catalog import actions as catalog
from visita.catalog.models import Service
from visita.catalog.policies import Offer
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy
from visita.tenancy.models import Location


def book(cast: Clinic, *args: Any, **more: Any) -> int:
    booked = actions.book(cast.id, request(cast, *args, **more), CLIENT)
    return booked.visit_id  # type: ignore[union-attr]  # no key was sent


def setting(cast: Clinic, key: str, value: Any, kind: str = "organization", id_: int = 0) -> None:
    tenancy.set_setting(cast.id, key, value, actor=STAFF, scope_kind=kind, scope_id=id_)


def status(cast: Clinic, visit: int) -> str:
    with scope(cast.id):
        return Visit.objects.get(pk=visit).status


def test_the_notice_of_the_service_holds_for_cancelling_and_moving_by_staff_made_visits(cast: Clinic) -> None:
    setting(cast, "cancel_until_minutes", 24 * 60 * 3, "service", cast.visit)
    booked = actions.book(cast.id, request(cast, at(9), staff=True), STAFF)
    for change in (
        lambda: actions.cancel(cast.id, booked.visit_id, CLIENT),  # type: ignore[union-attr]
        lambda: actions.move(cast.id, booked.visit_id, MoveRequest(at(15)), CLIENT),  # type: ignore[union-attr]
    ):
        with pytest.raises(Refusal, match="deadline_passed"):
            change()
    actions.cancel(cast.id, booked.visit_id, STAFF)  # type: ignore[union-attr]


def test_the_limit_of_moves_is_the_services(cast: Clinic) -> None:
    setting(cast, "moves_limit", 1, "service", cast.visit)
    visit, free = book(cast, at(9)), book(cast, at(14), cast.gym)
    for hour in (15, 16):
        actions.move(cast.id, free, MoveRequest(at(hour)), CLIENT)
    actions.move(cast.id, visit, MoveRequest(at(10)), CLIENT)
    with pytest.raises(Refusal, match="moves_exhausted"):
        actions.move(cast.id, visit, MoveRequest(at(11)), CLIENT)
    actions.move(cast.id, visit, MoveRequest(at(11), staff=True), STAFF)


def test_a_clients_move_asks_for_approval_again(cast: Clinic) -> None:
    setting(cast, "approval", True, "service", cast.visit)
    visit = book(cast, at(9))
    assert status(cast, visit) == "requested"
    actions.confirm(cast.id, visit, STAFF)
    actions.move(cast.id, visit, MoveRequest(at(11), staff=True), STAFF)
    assert status(cast, visit) == "confirmed"
    actions.move(cast.id, visit, MoveRequest(at(10)), CLIENT)
    assert status(cast, visit) == "requested"


@pytest.mark.parametrize("model", [Service, Location])
def test_staff_move_cancel_and_restore_what_is_archived(cast: Clinic, model: Any) -> None:
    visit = book(cast, at(9))
    with scope(cast.id):
        model.objects.update(archived_at=clock.now())
    actions.move(cast.id, visit, MoveRequest(at(10), staff=True), STAFF)
    actions.cancel(cast.id, visit, STAFF)
    actions.restore(cast.id, visit, STAFF)
    with pytest.raises(Refusal, match="not_found"):
        actions.move(cast.id, visit, MoveRequest(at(11)), CLIENT)


def test_the_alternatives_of_a_move_do_not_count_the_visit_itself(cast: Clinic) -> None:
    visit = book(cast, at(10), cast.scan, cast.ana)
    actions.book(cast.id, request(cast, at(11), cast.scan, cast.mihai), CLIENT)
    with pytest.raises(Refusal) as refused:
        actions.move(cast.id, visit, MoveRequest(at(10, 40)), CLIENT)
    starts = [each["start"] for each in refused.value.extra["alternatives"]]
    assert at(10).isoformat() in starts


def test_a_gap_that_staff_made_is_moved_along(cast: Clinic) -> None:
    items = (Item(cast.visit, cast.ana, at(9)), Item(cast.visit, cast.mihai, at(11)))
    booked = actions.book(cast.id, BookRequest(items, client=person(), staff=True), STAFF)
    moved = actions.move(cast.id, booked.visit_id, MoveRequest(at(13)), CLIENT)  # type: ignore[union-attr]
    assert [item.start for item in moved.items] == [at(13), at(15)]


def test_a_second_class_at_the_same_minute_takes_the_rest(cast: Clinic) -> None:
    givers = [Offer(cast.ana), Offer(cast.mihai)]
    catalog.change_service(cast.id, cast.yoga, {}, actor=STAFF, resources=givers)
    for who in (cast.ana, cast.mihai):
        actions.add_session(cast.id, cast.yoga, cast.location, at(14), [who], actor=STAFF, capacity=2)
    for _ in range(2):
        book(cast, at(14), cast.yoga, seats=2)
    with pytest.raises(Refusal, match="slot_taken"):
        book(cast, at(14), cast.yoga)


@pytest.mark.parametrize(("how", "names"), [("in_order", "aa"), ("least_booked", "am"), ("at_random", None)])
def test_whom_anyone_gets(cast: Clinic, how: str, names: str | None) -> None:
    setting(cast, "anyone", how)
    got = []
    for hour in (9, 10):
        held = actions.hold(cast.id, HoldRequest((Item(cast.visit, None, at(hour)),)), CLIENT)
        got.append({cast.ana: "a", cast.mihai: "m"}[held.items[0].resource_id or 0])
    assert names is None or "".join(got) == names


def test_an_organization_that_books_for_its_clients(cast: Clinic) -> None:
    visit = book(cast, at(9))
    setting(cast, "client_interface", False)
    asked = Ask(cast.location, (AskItem(cast.visit),), MONDAY, MONDAY)
    with scope(cast.id), pytest.raises(Refusal) as refused:
        availability(asked)
    assert (refused.value.code, refused.value.status) == ("online_closed", 403)
    assert refused.value.extra["phone"] == "+40215550142"
    for change in (
        lambda: book(cast, at(10)),
        lambda: actions.hold(cast.id, HoldRequest((Item(cast.visit, None, at(10)),)), CLIENT),
        lambda: actions.move(cast.id, visit, MoveRequest(at(10)), CLIENT),
    ):
        with pytest.raises(Refusal, match="online_closed"):
            change()
    actions.book(cast.id, request(cast, at(10), staff=True), STAFF)
    actions.cancel(cast.id, visit, CLIENT)


def test_what_is_far_ahead_stays_far(cast: Clinic) -> None:
    setting(cast, "horizon_days", 3, "service", cast.visit)
    with pytest.raises(Refusal, match="too_far"):
        book(cast, at(9, day=day_after(4)))


@pytest.mark.parametrize(
    ("services", "days", "fits"), [(1, 92, True), (2, 92, True), (3, 32, False), (9, 8, False)]
)
def test_the_more_services_the_fewer_days_at_once(services: int, days: int, fits: bool) -> None:
    last = MONDAY + timedelta(days=days - 1)
    if fits:
        require_span(MONDAY, last, services)
        return
    with pytest.raises(Refusal, match="bad_span"):
        require_span(MONDAY, last, services)
