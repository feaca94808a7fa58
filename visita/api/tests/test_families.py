"""A program books for several who come together."""

from tests import world
from visita.api.tests.conftest import Program, booking
from visita.bookings.models import Attendee
from visita.clients.models import Subject
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy


def test_others_are_named_by_number(anyone: Program) -> None:
    clinic = anyone.clinic
    tenancy.set_setting(clinic.id, "subjects_most", 3, actor=world.STAFF)
    start = "2026-11-23T09:00:00+02:00"
    items = [
        {"service": clinic.visit, "resource": clinic.ana, "start": start},
        {"service": clinic.visit, "resource": clinic.mihai, "start": start, "subject": 1},
    ]
    others = [{"number": 1, "kind": "child", "name": "Ioana"}]
    path = f"/organizations/{clinic.slug}/bookings"
    anyone.ask("POST", path, booking(clinic, items=items, others=others), 201, Idempotency_Key="a")
    with scope(clinic.id):
        named = {row.number: row.subject_id for row in Attendee.objects.all()}
        assert named == {0: None, 1: Subject.objects.get(name="Ioana").pk}


def test_a_number_out_of_range_is_refused(anyone: Program) -> None:
    others = [{"number": 0, "kind": "child", "name": "Ioana"}]
    path = f"/organizations/{anyone.clinic.slug}/bookings"
    anyone.ask("POST", path, booking(anyone.clinic, others=others), 422, Idempotency_Key="a")
