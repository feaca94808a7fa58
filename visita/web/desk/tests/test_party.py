"""A family at the desk: several people, each with a service and a name, are one visit that moves and ends as one."""

from typing import Any

import pytest

from tests import world
from visita.bookings import attendees
from visita.bookings.models import Appointment, Visit
from visita.clients.models import Client, Subject
from visita.foundation.scope import scope
from visita.web.desk.tests.conftest import Desk
from visita.web.desk.tests.test_booking import ask, send

pytestmark = pytest.mark.django_db


def family(desk: Desk, **more: Any) -> Any:
    """Ana Rusu at ten with Dr Ana, her son beside her with whoever is free."""
    return send(desk, kind_1="child", name_1="Luca", service_1=desk.clinic.visit, **more)


def test_mother_and_child_are_one_visit_beside_each_other(desk: Desk) -> None:
    booked = family(desk)
    assert booked.status_code == 201, booked.content
    with scope(desk.clinic.id):
        visit = Visit.objects.get()
        parts = list(Appointment.objects.order_by("position"))
        assert [part.resource_id for part in parts] == [desk.clinic.ana, desk.clinic.mihai]
        assert parts[0].s == parts[1].s
        assert attendees.whose(visit.pk) == {0: [""], 1: ["Luca"]}
        assert Subject.objects.get().kind == "child"
    page = desk.reception.get(desk.url(f"visits/{visit.pk}/")).content.decode()
    assert "for Luca" in page and "for Ana" in page
    path = desk.url(f"visits/{visit.pk}/")
    body = {"start": world.at(14).isoformat(), "resource": desk.clinic.ana, "version": visit.version}
    assert desk.reception.post(f"{path}move", body, "application/json").status_code == 200
    with scope(desk.clinic.id):
        assert {part.s for part in Appointment.objects.all()} == {parts[0].s + 240}
        version = Visit.objects.get().version
    assert (
        desk.reception.post(f"{path}cancellation", {"version": version}, "application/json").status_code
        == 200
    )
    assert family(desk).status_code == 201  # both times are free again
    with scope(desk.clinic.id):
        assert Subject.objects.count() == 1  # the same child


def test_what_does_not_fit_together_says_when_it_does(desk: Desk) -> None:
    for who, when in ((desk.clinic.mihai, "10:00"), (desk.clinic.mihai, "10:30"), (desk.clinic.ana, "10:30")):
        assert send(desk, resource=who, time=when).status_code == 201
    refused = family(desk, first_name="Vlad")
    assert refused.status_code == 409 and "They fit at" in refused.json()["detail"]
    free = ask(
        desk,
        "starts.json",
        service=desk.clinic.visit,
        service_1=desk.clinic.visit,
        kind_1="child",
        name_1="Luca",
    )
    minute = int(world.at(10).timestamp() // 60)
    assert minute not in free["starts"]["0"] and minute + 60 in free["starts"]["0"]


def test_a_row_names_who_comes_and_what_for(desk: Desk) -> None:
    for row, field in (
        ({"name_1": "Luca"}, "service_1"),
        ({"kind_1": "child", "service_1": desk.clinic.visit}, "name_1"),
    ):
        refused = send(desk, **row)
        assert (refused.status_code, refused.json()["field"]) == (422, field)
    html = desk.reception.post(
        desk.url("visits/"), {"service": desk.clinic.visit, "name_1": "Luca", "time": "10:00"}
    )
    assert (
        html.status_code == 422
        and 'value="Luca"' in html.content.decode()
        and "data-party open" in html.content.decode()
    )


def test_a_second_service_of_the_same_person_follows_the_first(desk: Desk) -> None:
    booked = send(
        desk, kind_0="child", name_0="Luca", service_1=desk.clinic.visit, kind_1="child", name_1="luca"
    )
    assert booked.status_code == 201, booked.content
    with scope(desk.clinic.id):
        first, second = Appointment.objects.order_by("position")
        assert second.s == first.e and Visit.objects.get().subject_id == Subject.objects.get().pk
        client = Client.objects.get()
    part = desk.reception.get(desk.url(f"clients/{client.pk}/hint/"), {"location": desk.clinic.location})
    assert "<span>Luca</span>" in part.content.decode()
