"""Who is for some kinds of subject only is so at every door, also where only the booking says the kind."""

from typing import Any

import pytest

from tests.world import CLIENT, STAFF, Clinic, at, request
from visita.bookings import actions
from visita.bookings.models import Appointment, Visit
from visita.bookings.requests import Booked, MoveRequest, SubjectDetails
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy


@pytest.fixture
def vets(cast: Clinic) -> Clinic:
    """Ana sees dogs, Mihai cats."""
    for who, kind in ((cast.ana, "dog"), (cast.mihai, "cat")):
        tenancy.set_setting(cast.id, "for_kinds", [kind], actor=STAFF, scope_kind="resource", scope_id=who)
    return cast


def book(cast: Clinic, kind: str, *, who: int | None = None, **more: Any) -> int:
    wanted = request(cast, at(9), who=who, subject=SubjectDetails(kind, "Rex"), **more)
    booked = actions.book(cast.id, wanted, STAFF if more else CLIENT)
    assert isinstance(booked, Booked)
    with scope(cast.id):
        return Appointment.objects.get(visit_id=booked.visit_id).resource_id or 0


def test_anyone_is_somebody_for_this_kind(vets: Clinic) -> None:
    assert book(vets, "cat") == vets.mihai
    assert book(vets, "dog") == vets.ana


def test_somebody_for_others_is_refused_to_clients_and_free_to_staff(vets: Clinic) -> None:
    with pytest.raises(Refusal, match="staff_service_mismatch"):
        book(vets, "cat", who=vets.ana)
    assert book(vets, "cat", who=vets.ana, staff=True) == vets.ana


def test_a_word_that_is_no_kind_here_narrows_nothing(vets: Clinic) -> None:
    assert book(vets, "pet", who=vets.ana) == vets.ana


def moved(cast: Clinic, *, who: int | None, staff: bool = False) -> int:
    """Who has the organization's only visit once it was moved to ten."""
    with scope(cast.id):
        visit = Visit.objects.get().pk
    actions.move(cast.id, visit, MoveRequest(at(10), who, staff=staff), STAFF if staff else CLIENT)
    with scope(cast.id):
        return Appointment.objects.get(visit_id=visit).resource_id or 0


def test_a_client_moves_to_those_for_the_kind_alone(vets: Clinic) -> None:
    book(vets, "cat")
    with pytest.raises(Refusal, match="staff_service_mismatch"):
        moved(vets, who=vets.ana)
    assert moved(vets, who=None) == vets.mihai


def test_staff_move_to_whom_they_like(vets: Clinic) -> None:
    book(vets, "cat")
    assert moved(vets, who=vets.ana, staff=True) == vets.ana


def test_a_word_that_is_no_kind_narrows_no_move(vets: Clinic) -> None:
    book(vets, "pet", who=vets.mihai)
    assert moved(vets, who=vets.ana) == vets.ana
