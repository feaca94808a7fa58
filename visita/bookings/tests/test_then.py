"""The journal as it was at a moment, and what became of it since."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.world import CLIENT, MONDAY, NOW, STAFF, Clinic, at, day_after, person, request
from visita.bookings import actions, journal, journal_then
from visita.bookings.journal_then import Then
from visita.bookings.requests import Booked, MoveRequest
from visita.catalog import actions as catalog
from visita.catalog.models import ServiceResource
from visita.catalog.policies import Offer
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling


@contextmanager
def later(hours: int) -> Iterator[datetime]:
    """The clock so many hours after NOW."""
    with clock.at(NOW + timedelta(hours=hours)):
        yield NOW + timedelta(hours=hours)


def book(cast: Clinic, hour: int, who: int, name: str = "Maria") -> int:
    made = actions.book(cast.id, request(cast, at(hour), None, who, client=person(name)), CLIENT)
    assert isinstance(made, Booked)
    return made.visit_id


def then(cast: Clinic, hours: float) -> Then:
    with scope(cast.id):
        return journal_then.then(cast.location, MONDAY, NOW + timedelta(hours=hours), "en")


def blocks(found: Then) -> list[tuple[int, int, str, str]]:
    """(resource, hour of UTC, state, title), by time."""
    shown = [(b["resource"], b["s"] // 60 % 24, b["state"], b["title"]) for b in found.journal["blocks"]]
    return sorted(shown)


def kinds(found: Then) -> dict[int, str]:
    return {each.visit.pk: each.kind for each in found.differences}


def test_every_moment_shows_what_stood_then(cast: Clinic) -> None:
    first = book(cast, 9, cast.ana)
    with later(1):
        actions.move(cast.id, first, MoveRequest(at(14), cast.mihai, staff=True), STAFF)
    with later(2):
        second = book(cast, 10, cast.ana, "Ion")
        actions.cancel(cast.id, first, STAFF)
    assert blocks(then(cast, -1)) == []
    assert blocks(then(cast, 0.5)) == [(cast.ana, 7, "confirmed", "Maria Ilie")]
    assert blocks(then(cast, 1.5)) == [(cast.mihai, 12, "confirmed", "Maria Ilie")]
    assert [state for _who, _hour, state, _title in blocks(then(cast, 3))] == ["confirmed", "cancelled"]
    assert kinds(then(cast, -1)) == {first: "added", second: "added"}
    assert kinds(then(cast, 0.5)) == {first: "cancelled", second: "added"}
    assert kinds(then(cast, 3)) == {}


def test_what_went_to_another_day_and_came_back_is_told(cast: Clinic) -> None:
    visit = book(cast, 9, cast.ana)
    with later(1):
        actions.move(cast.id, visit, MoveRequest(at(9, day=day_after(1)), cast.ana, staff=True), STAFF)
    assert kinds(then(cast, 0.5)) == {visit: "gone"} and kinds(then(cast, 1.5)) == {}
    with later(2):
        actions.undo_last(cast.id, visit, STAFF)
    assert kinds(then(cast, 0.5)) == {} and kinds(then(cast, 1.5)) == {visit: "here"}
    with later(3):
        actions.note(cast.id, visit, "Call", STAFF)
    found = then(cast, 2.5).differences[0]
    assert found.kind == "changed" and [act.actor_label for act in found.acts] == ["Reception"]


def test_now_it_is_the_journal_itself(cast: Clinic) -> None:
    for hour in (9, 10):
        book(cast, hour, cast.ana, f"P{hour}")
    scheduling.block(cast.id, [cast.mihai], cast.location, at(9), at(10), actor=STAFF, note="Training")
    actions.add_session(cast.id, cast.yoga, cast.location, at(15), [cast.ana], actor=STAFF)
    with scope(cast.id):
        today = journal.journal(cast.location, MONDAY, "en")
    was = then(cast, 0).journal
    same = ("resource", "s", "e", "state", "title", "service", "n", "of")
    for one, other in zip(_shown(today), _shown(was), strict=True):
        assert {name: one.get(name) for name in same} == {name: other.get(name) for name in same}
    assert today["stats"]["visits"] == was["stats"]["visits"]


def _shown(found: dict[str, object]) -> list[dict[str, object]]:
    shown = found["blocks"]
    assert isinstance(shown, list)
    return sorted(shown, key=lambda block: (block["s"], block["resource"]))


def test_a_block_given_back_stands_while_it_stood(cast: Clinic) -> None:
    ids = scheduling.block(cast.id, [cast.mihai], cast.location, at(9), at(10), actor=STAFF, note="Training")
    with later(1):
        scheduling.unblock(cast.id, ids, actor=STAFF)
    assert blocks(then(cast, -1)) == []
    assert blocks(then(cast, 0.5)) == [(cast.mihai, 7, "blocked", "Training")]
    assert blocks(then(cast, 1.5)) == []


def test_the_number_of_statements_is_constant(cast: Clinic) -> None:
    counts = []
    for hours in ((9,), (10, 11, 13, 14)):
        for hour in hours:
            book(cast, hour, cast.ana, f"P{hour}")
        with scope(cast.id), CaptureQueriesContext(connection) as asked:
            journal_then.then(cast.location, MONDAY, NOW - timedelta(hours=1), "en")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 15


def test_an_unknown_location_is_not_there(cast: Clinic) -> None:
    with scope(cast.id), pytest.raises(Refusal, match="not_found"):
        journal_then.then(10**12, MONDAY, NOW, "en")


def test_a_room_without_hours_is_open_or_not_as_it_gave_services_then(cast: Clinic) -> None:
    """What gives services works by its hours, so without any it is closed; what gives none stands open all day."""
    room = scheduling.add_resource(
        cast.id, name="Pool", kind="room", location_ids=[cast.location], actor=STAFF
    ).pk

    def gives(hours: int, *who: int) -> None:
        with later(hours):
            offers = [Offer(each) for each in (cast.ana, *who)]
            catalog.change_service(cast.id, cast.scan, {}, resources=offers, actor=STAFF)

    def is_open(hours: float) -> bool:
        return room in {column["id"] for column in then(cast, hours).journal["resources"]}

    gives(1, cast.mihai, room)
    with scope(cast.id):
        kept = set(ServiceResource.objects.filter(service_id=cast.scan).values_list("pk", flat=True))
    gives(2, cast.mihai)
    assert [is_open(hours) for hours in (0.5, 1.5, 2.5)] == [True, False, True]
    with scope(cast.id):  # who stays on the same terms is not written anew
        assert set(ServiceResource.objects.filter(service_id=cast.scan).values_list("pk", flat=True)) < kept
