"""Public health or private: by the service, by word, changed later."""

from typing import Any

import pytest

from tests.world import CLIENT, STAFF, Clinic, at, request
from visita.bookings import actions
from visita.bookings.journal import journal
from visita.bookings.models import Visit
from visita.bookings.requests import Booked
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy


def marked(cast: Clinic, hour: int, **more: Any) -> str:
    booked = actions.book(cast.id, request(cast, at(hour), **more), CLIENT)
    assert isinstance(booked, Booked)
    with scope(cast.id):
        return Visit.objects.get(pk=booked.visit_id).scheme


@pytest.fixture
def marking(cast: Clinic) -> Clinic:
    """A clinic that marks visits and gives consultations for the public health service."""
    tenancy.set_setting(cast.id, "schemes", True, actor=STAFF)
    tenancy.set_setting(cast.id, "scheme", "public", actor=STAFF, scope_kind="service", scope_id=cast.visit)
    return cast


def test_nothing_is_marked_where_nobody_asked_for_it(cast: Clinic) -> None:
    assert marked(cast, 9, scheme="public") == ""


def test_the_service_says_and_the_booking_may_say_otherwise(marking: Clinic) -> None:
    assert (marked(marking, 9), marked(marking, 10, scheme="private")) == ("public", "private")
    with pytest.raises(Refusal, match="not_a_choice"):
        marked(marking, 11, scheme="free")


def test_a_mark_is_changed_and_the_journal_shows_it(marking: Clinic) -> None:
    assert marked(marking, 9) == "public"
    with scope(marking.id):
        visit = Visit.objects.get()
    changed = actions.mark(marking.id, visit.pk, "private", STAFF, version=1)
    assert changed.version == 2
    with pytest.raises(Refusal, match="changed_meanwhile"):
        actions.mark(marking.id, visit.pk, "public", STAFF, version=1)
    marked(marking, 10)
    with scope(marking.id):
        blocks = journal(marking.location, at(9).date(), "en")["blocks"]
    assert {(block["scheme"], "public" in block["facts"]) for block in blocks} == {
        ("private", False),
        ("public", True),
    }
