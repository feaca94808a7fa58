"""Two people at one visit: changes of different fields both stand, of the same field the second is told and chooses."""

import pytest

from tests.world import CLIENT, STAFF, Clinic, at, request
from visita.activity.record import record
from visita.bookings import actions
from visita.bookings.models import Visit
from visita.bookings.requests import Booked, MoveRequest
from visita.catalog import actions as catalog
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope

ELENA = Actor("staff", 2, "Elena", source="desk")


@pytest.fixture
def visit(cast: Clinic) -> int:
    """A visit at nine with Ana, version 1: what both have on their screens."""
    booked = actions.book(cast.id, request(cast, at(9), None, cast.ana), CLIENT)
    assert isinstance(booked, Booked)
    return booked.visit_id


def found(cast: Clinic, visit: int) -> Visit:
    with scope(cast.id):
        return Visit.objects.get(pk=visit)


def refused(cast: Clinic, visit: int, words: str) -> Refusal:
    with pytest.raises(Refusal) as error:
        actions.note(cast.id, visit, words, STAFF, version=1, merge=True)
    assert error.value.code == "changed_meanwhile"
    return error.value


def test_a_note_and_a_move_both_stand(cast: Clinic, visit: int) -> None:
    actions.move(cast.id, visit, MoveRequest(at(14), cast.ana, version=1, staff=True), ELENA)
    changed = actions.note(cast.id, visit, "by the side door", STAFF, version=1, merge=True)
    both = found(cast, visit)
    assert (changed.version, both.note, both.wall) == (3, "by the side door", "2026-11-23T14:00")


def test_a_status_and_a_note_both_stand(cast: Clinic, visit: int) -> None:
    actions.note(cast.id, visit, "late", ELENA, version=1)
    actions.arrive(cast.id, visit, STAFF, version=1, merge=True)
    both = found(cast, visit)
    assert (both.note, both.status) == ("late", "arrived")


def test_the_same_note_is_never_written_over(cast: Clinic, visit: int) -> None:
    actions.note(cast.id, visit, "Elena's words", ELENA, version=1)
    refusal = refused(cast, visit, "my words")
    assert (refusal.extra["fields"], refusal.extra["by"], refusal.extra["version"]) == (["note"], "Elena", 2)
    assert found(cast, visit).note == "Elena's words"
    actions.note(cast.id, visit, "my words", STAFF, version=refusal.extra["version"], merge=True)
    assert found(cast, visit).note == "my words"


def test_the_same_words_twice_are_no_conflict(cast: Clinic, visit: int) -> None:
    actions.note(cast.id, visit, "same", ELENA, version=1)
    assert actions.note(cast.id, visit, "same", STAFF, version=1, merge=True).version == 2


def test_a_note_changed_and_changed_back_is_no_conflict(cast: Clinic, visit: int) -> None:
    actions.note(cast.id, visit, "other", ELENA, version=1)
    actions.note(cast.id, visit, "", ELENA, version=2)
    assert actions.note(cast.id, visit, "mine", STAFF, version=1, merge=True).version == 4


def test_two_moves_need_a_choice(cast: Clinic, visit: int) -> None:
    actions.move(cast.id, visit, MoveRequest(at(14), cast.ana, version=1, staff=True), ELENA)
    with pytest.raises(Refusal) as error:
        mine = MoveRequest(at(15), cast.ana, version=1, staff=True, merge=True)
        actions.move(cast.id, visit, mine, STAFF)
    assert (error.value.code, error.value.extra["fields"]) == ("changed_meanwhile", ["time"])
    assert found(cast, visit).wall == "2026-11-23T14:00"


def test_a_move_of_what_was_cancelled_is_told_so(cast: Clinic, visit: int) -> None:
    actions.cancel(cast.id, visit, ELENA, version=1)
    with pytest.raises(Refusal) as error:
        actions.move(cast.id, visit, MoveRequest(at(15), cast.ana, version=1, staff=True, merge=True), STAFF)
    assert error.value.code == "changed_meanwhile"
    assert set(error.value.extra["fields"]) == {"time"}


def test_marks_of_the_same_visit_need_a_choice(cast: Clinic, visit: int) -> None:
    actions.mark(cast.id, visit, "public", ELENA, version=1)
    with pytest.raises(Refusal) as error:
        actions.mark(cast.id, visit, "private", STAFF, version=1, merge=True)
    assert error.value.extra["fields"] == ["scheme"]


def test_what_is_asked_strictly_stays_strict(cast: Clinic, visit: int) -> None:
    actions.move(cast.id, visit, MoveRequest(at(14), cast.ana, version=1, staff=True), ELENA)
    with pytest.raises(Refusal) as error:
        actions.note(cast.id, visit, "mine", STAFF, version=1)
    assert error.value.code == "changed_meanwhile"


def test_a_version_that_never_was_is_refused(cast: Clinic, visit: int) -> None:
    for version in (9, 0):
        with pytest.raises(Refusal) as error:
            actions.note(cast.id, visit, "mine", STAFF, version=version, merge=True)
        assert error.value.code == "changed_meanwhile"


def test_a_deed_of_an_unknown_kind_touches_everything(cast: Clinic, visit: int) -> None:
    with scope(cast.id):
        event = record("visit.something_new", "visit", visit, ELENA)
        Visit.objects.filter(pk=visit).update(version=2, activity_id=event)
    with pytest.raises(Refusal) as error:
        actions.move(cast.id, visit, MoveRequest(at(15), cast.ana, version=1, staff=True, merge=True), STAFF)
    assert error.value.code == "changed_meanwhile"


def answered(cast: Clinic, visit: int, **fields: str) -> dict[str, str]:
    """What the visit answers after the screen of version 1 sends these."""
    actions.answer(cast.id, visit, fields, STAFF, version=1, merge=True)
    return {code: kept["value"] for code, kept in found(cast, visit).fields.items()}


def test_answers_to_different_questions_both_stand(cast: Clinic, visit: int) -> None:
    for code in ("plate", "colour"):
        catalog.add_field(cast.id, code, {"en": code}, "text", actor=STAFF)
    actions.answer(cast.id, visit, {"plate": "B 01"}, ELENA, version=1)
    assert answered(cast, visit, colour="red") == {"plate": "B 01", "colour": "red"}


def test_the_same_answer_needs_a_choice(cast: Clinic, visit: int) -> None:
    catalog.add_field(cast.id, "plate", {"en": "Plate"}, "text", actor=STAFF)
    actions.answer(cast.id, visit, {"plate": "B 01"}, ELENA, version=1)
    with pytest.raises(Refusal) as error:
        answered(cast, visit, plate="B 02")
    assert (error.value.extra["fields"], error.value.extra["by"]) == (["answers"], "Elena")
    assert found(cast, visit).fields["plate"]["value"] == "B 01"
