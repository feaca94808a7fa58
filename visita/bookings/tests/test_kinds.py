"""Who is for some kinds of subject only is so at every door, also where only the booking says the kind."""

from typing import Any

import pytest

from tests.world import CLIENT, STAFF, Clinic, at, request
from visita.bookings import actions
from visita.bookings.models import Appointment
from visita.bookings.requests import Booked, SubjectDetails
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
