"""Moving, cancelling, settling and restoring: same visit, next version, time freed only by cancelling."""

from datetime import timedelta

import pytest

from tests.world import CLIENT, STAFF, Clinic, at, day_after, request
from visita.activity.models import Activity
from visita.bookings import actions, queries, story
from visita.bookings.models import Visit
from visita.bookings.requests import Booked, BookRequest, Item, MoveRequest
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling.models import Allocation


def book(cast: Clinic, *args: object, **more: object) -> Booked:
    booked = actions.book(cast.id, request(cast, *args, **more), CLIENT)  # type: ignore[arg-type]  # shorthand
    assert isinstance(booked, Booked)
    return booked


def held(cast: Clinic) -> list[tuple[int, int, int]]:
    with scope(cast.id):
        rows = Allocation.objects.filter(live=True).order_by("resource_id", "s")
        return [(row.resource_id, row.s, row.e) for row in rows]


def test_a_moved_visit_keeps_its_code_and_frees_the_old_time(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    moved = actions.move(
        cast.id, booked.visit_id, MoveRequest(at(14), cast.mihai, version=1, staff=True), STAFF
    )
    assert (moved.version, moved.start, moved.end) == (2, at(14), at(14, 30))
    assert held(cast) == [(cast.mihai, clock.to_minute(at(14)), clock.to_minute(at(14, 30)))]
    book(cast, at(9), None, cast.ana)
    with scope(cast.id):
        view = queries.visit(booked.visit_id)
        assert (view.visit.code, view.visit.wall) == (booked.code, "2026-11-23T14:00")


def test_a_move_onto_a_taken_time_changes_nothing(cast: Clinic) -> None:
    first, _ = book(cast, at(9), None, cast.ana), book(cast, at(10), None, cast.ana)
    before = held(cast)
    with pytest.raises(Refusal) as refused:
        actions.move(cast.id, first.visit_id, MoveRequest(at(10), cast.ana, staff=True), STAFF)
    assert refused.value.code == "slot_taken"
    assert len(refused.value.extra["alternatives"]) == 3
    assert held(cast) == before


def test_a_visit_may_move_into_its_own_time(cast: Clinic) -> None:
    booked = book(cast, at(9), cast.scan, cast.ana)
    moved = actions.move(cast.id, booked.visit_id, MoveRequest(at(9, 20), cast.ana, staff=True), STAFF)
    assert moved.start == at(9, 20)
    assert len(held(cast)) == 3


def test_a_longer_visit_keeps_its_length_when_moved_again(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    longer = actions.move(
        cast.id, booked.visit_id, MoveRequest(at(9), cast.ana, minutes=45, staff=True), STAFF
    )
    assert longer.end == at(9, 45)
    again = actions.move(cast.id, booked.visit_id, MoveRequest(at(14), cast.ana, staff=True), STAFF)
    assert (again.start, again.end) == (at(14), at(14, 45))


def test_all_services_of_a_visit_move_together(cast: Clinic) -> None:
    items = (Item(cast.visit, cast.ana, at(9)), Item(cast.scan, cast.mihai, at(9, 40)))
    booked = actions.book(cast.id, BookRequest(items, client=request(cast, at(9)).client, staff=True), STAFF)
    assert isinstance(booked, Booked)
    moved = actions.move(cast.id, booked.visit_id, MoveRequest(at(14), cast.ana, staff=True), STAFF)
    assert [item.start for item in moved.items] == [at(14), at(14, 40)]


def test_an_old_version_is_refused(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    actions.note(cast.id, booked.visit_id, "x", STAFF)
    with pytest.raises(Refusal) as refused:
        actions.move(cast.id, booked.visit_id, MoveRequest(at(14), cast.ana, version=1, staff=True), STAFF)
    assert (refused.value.code, refused.value.extra["version"]) == ("changed_meanwhile", 2)


def test_cancelling_frees_the_time_and_restoring_claims_it_again(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    assert actions.cancel(cast.id, booked.visit_id, STAFF, reason="ill").status == "cancelled"
    assert held(cast) == []
    assert actions.restore(cast.id, booked.visit_id, STAFF).status == "confirmed"
    assert len(held(cast)) == 1
    actions.cancel(cast.id, booked.visit_id, STAFF)
    book(cast, at(9), None, cast.ana)
    with pytest.raises(Refusal, match="slot_taken"):
        actions.restore(cast.id, booked.visit_id, STAFF)


def test_done_and_not_shown_keep_the_time(cast: Clinic) -> None:
    done, missed = book(cast, at(9), None, cast.ana), book(cast, at(10), None, cast.ana)
    actions.arrive(cast.id, done.visit_id, STAFF)
    actions.complete(cast.id, done.visit_id, STAFF)
    with pytest.raises(Refusal, match="not_begun"), clock.at(at(9, 59)):
        actions.mark_no_show(cast.id, missed.visit_id, STAFF)
    with clock.at(at(10)):
        actions.mark_no_show(cast.id, missed.visit_id, STAFF)
    assert len(held(cast)) == 2
    with pytest.raises(Refusal) as refused:
        actions.cancel(cast.id, done.visit_id, STAFF)
    assert refused.value.code == "invalid_transition"
    assert actions.restore(cast.id, done.visit_id, STAFF).status == "confirmed"


def test_a_client_is_bound_by_the_deadline_and_staff_are_not(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    with clock.at(at(7, 30)):
        with pytest.raises(Refusal) as refused:
            actions.cancel(cast.id, booked.visit_id, CLIENT)
        assert (refused.value.code, refused.value.status) == ("deadline_passed", 403)
        with pytest.raises(Refusal, match="deadline_passed"):
            actions.move(cast.id, booked.visit_id, MoveRequest(at(14)), CLIENT)
        actions.cancel(cast.id, booked.visit_id, STAFF)


def test_a_client_moves_within_the_rules_of_clients(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    with pytest.raises(Refusal, match="not_offered"):
        actions.move(cast.id, booked.visit_id, MoveRequest(at(9, 10)), CLIENT)
    moved = actions.move(cast.id, booked.visit_id, MoveRequest(at(14, day=day_after(1))), CLIENT)
    assert moved.items[0].resource_id == cast.ana


def test_a_place_in_a_class_moves_to_another_session(cast: Clinic) -> None:
    for hour in (14, 16):
        actions.add_session(cast.id, cast.yoga, cast.location, at(hour), [cast.ana], actor=STAFF, capacity=1)
    booked = book(cast, at(14), cast.yoga)
    moved = actions.move(cast.id, booked.visit_id, MoveRequest(at(16), staff=True), STAFF)
    assert moved.start == at(16)
    book(cast, at(14), cast.yoga)
    actions.cancel(cast.id, booked.visit_id, STAFF)
    book(cast, at(16), cast.yoga)


def test_every_change_stands_in_the_history(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    actions.move(cast.id, booked.visit_id, MoveRequest(at(14), staff=True), STAFF)
    actions.arrive(cast.id, booked.visit_id, STAFF)
    with scope(cast.id):
        verbs = [entry.verb for entry in story.history(booked.visit_id)]
        visit = Visit.objects.get(pk=booked.visit_id)
        states = visit.events.order_by("pgh_id").values_list("status", "version")  # type: ignore[attr-defined]
        assert list(states) == [("confirmed", 1), ("confirmed", 2), ("arrived", 3)]
        assert Activity.objects.get(pk=visit.activity_id or 0).verb == "visit.arrived"
    assert verbs == ["visit.booked", "visit.moved", "visit.arrived"]


def test_a_manage_link_opens_its_own_visit_until_a_month_after(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    with scope(cast.id):
        assert queries.visit_by_token(booked.code, booked.manage_token).visit.pk == booked.visit_id
        for code, token in ((booked.code, booked.manage_token + "x"), ("AAAAAAAA", booked.manage_token)):
            with pytest.raises(Refusal, match="link_invalid"):
                queries.visit_by_token(code, token)
        with clock.at(at(9, 31) + timedelta(days=30)), pytest.raises(Refusal, match="link_invalid"):
            queries.visit_by_token(booked.code, booked.manage_token)


def test_an_undone_move_goes_back_to_a_time_that_has_passed(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    with clock.at(at(9, 10)):
        actions.move(cast.id, booked.visit_id, MoveRequest(at(14), cast.ana, version=1, staff=True), STAFF)
        for back, code in ((False, "too_late"), (True, "")):
            wanted = MoveRequest(at(9), cast.ana, version=2, staff=True, back=back)
            if code:
                with pytest.raises(Refusal) as refused:
                    actions.move(cast.id, booked.visit_id, wanted, STAFF)
                assert refused.value.code == code
            else:
                assert actions.move(cast.id, booked.visit_id, wanted, STAFF).start == at(9)
        elsewhere = MoveRequest(at(9, 5), cast.ana, version=3, staff=True, back=True)
        with pytest.raises(Refusal):
            actions.move(cast.id, booked.visit_id, elsewhere, STAFF)
