"""The queue at the desk: numbers, calling, going in, order; who may not, does not."""

import pytest

from tests.world import MONDAY, STAFF, at, request
from visita.bookings import actions
from visita.bookings.models import Device, Ticket, Visit
from visita.clients.models import Client
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy
from visita.web.desk.tests.conftest import Desk, signed_in

PART = {"X-Part": "1"}


@pytest.fixture
def open_desk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    tenancy.set_setting(desk.clinic.id, "queue", True, actor=STAFF)
    return desk


def post(desk: Desk, path: str, **sent: object) -> tuple[int, str]:
    with clock.at(at(10, day=MONDAY)):
        response = desk.reception.post(desk.url(f"queue/{path}"), sent, headers=PART)
    return response.status_code, response.content.decode()


def ticket(desk: Desk) -> Ticket:
    with scope(desk.clinic.id):
        return Ticket.objects.latest("pk")


def test_a_walk_in_from_the_number_to_the_end(open_desk: Desk) -> None:
    desk = open_desk
    assert "Nobody is waiting" in desk.reception.get(desk.url("queue/")).content.decode()
    status, html = post(desk, "number", service=desk.clinic.visit, name="Ion Vlad")
    assert status == 200 and "Number 1" in html and "Ion Vlad" in html
    assert "Number 1 is called" in post(desk, "next", to=desk.clinic.ana)[1]
    one = ticket(desk).pk
    assert "Number 1 goes in" in post(desk, f"{one}/start", to=desk.clinic.ana)[1]
    with scope(desk.clinic.id):
        assert Visit.objects.get().wall.endswith("T10:00")
    assert "Done, the rest" in post(desk, f"{one}/end")[1]
    assert "1 served today" in post(desk, "number", service=desk.clinic.visit)[1]


def test_refusals_are_said_in_the_queue(open_desk: Desk) -> None:
    desk = open_desk
    assert post(desk, "next")[0] == 409
    post(desk, "number", service=desk.clinic.visit, resource=desk.clinic.ana)
    actions.book(desk.clinic.id, request(desk.clinic, at(10, 0), who=desk.clinic.ana, staff=True), STAFF)
    status, html = post(desk, f"{ticket(desk).pk}/start")
    assert status == 409 and "has another visit at this time" in html and "is free at 10:30" in html
    assert "Number 1 keeps its place" in html and "just booked" not in html
    other = f'name="to" value="{desk.clinic.mihai}"'
    assert "Take in with Mihai Ionescu" in html and other in html
    assert post(desk, f"{ticket(desk).pk}/no-answer")[0] == 409
    assert post(desk, f"{ticket(desk).pk}/place", before="", reason="")[0] == 422
    assert post(desk, "999999/call")[0] == 404
    assert "goes in" in post(desk, f"{ticket(desk).pk}/start", to=desk.clinic.mihai)[1]


def test_half_a_character_is_refused_and_not_shown_again(open_desk: Desk) -> None:
    desk = open_desk
    for value, status in (("\\ud800", 404), ("\\ud83d\\ude00 Ion", 200)):
        raw = f'{{"service": {desk.clinic.visit}, "name": "{value}", "x": ["{value}"]}}'
        url = desk.url("queue/number")
        with clock.at(at(10, day=MONDAY)):
            answer = desk.reception.post(url, raw, content_type="application/json", headers=PART)
        assert answer.status_code == status and ("\U0001f600 Ion" in answer.content.decode()) == (
            status == 200
        )


def test_a_booked_client_who_arrived_gets_a_number(open_desk: Desk) -> None:
    desk = open_desk
    booked = actions.book(
        desk.clinic.id, request(desk.clinic, at(10, 30), who=desk.clinic.ana, staff=True), STAFF
    )
    visit = booked.visit_id  # type: ignore[union-attr]
    actions.arrive(desk.clinic.id, visit, STAFF)
    with clock.at(at(10)):
        assert "Arrived, without a number" in desk.reception.get(desk.url("queue/")).content.decode()
    assert "booked 10:30" in post(desk, "arrival", visit=visit)[1]


def test_a_location_without_a_queue_says_so(desk: Desk) -> None:
    html = desk.reception.get(desk.url("queue/")).content.decode()
    assert "takes nobody without a time" in html and "ask the owner" in html and "/office/" not in html
    switch = f'href="/{desk.clinic.slug}/office/switches/#queue"'
    owner = signed_in(desk.clinic.id, "owner")
    assert switch in owner.get(desk.url("queue/")).content.decode()
    assert post(desk, "number", service=desk.clinic.visit)[0] == 422


def test_who_may_not_call_does_not(open_desk: Desk) -> None:
    desk = open_desk
    assert desk.analyst.get(desk.url("queue/")).status_code == 403
    for path in ("number", "next"):
        assert desk.analyst.post(desk.url(f"queue/{path}"), {"service": desk.clinic.visit}).status_code == 403
    assert desk.reception.post(desk.url("queue/device"), {"kind": "screen"}).status_code == 403


def test_a_screen_of_no_kind_is_said_at_its_field(open_desk: Desk) -> None:
    owner = signed_in(open_desk.clinic.id, "owner")
    answer = owner.post(open_desk.url("queue/device"), {"name": "Hall left"})
    page = answer.content.decode()
    assert answer.status_code == 422 and 'id="device-error"' in page and 'value="Hall left"' in page


def test_the_owner_connects_and_disconnects_a_screen(open_desk: Desk) -> None:
    desk, owner = open_desk, signed_in(open_desk.clinic.id, "owner")
    html = owner.post(
        desk.url("queue/device"), {"kind": "screen", "name": "Hall"}, headers=PART
    ).content.decode()
    assert f"/{desk.clinic.slug}/screen/" in html
    with scope(desk.clinic.id):
        device = Device.objects.get().pk
    assert owner.post(desk.url(f"queue/device/{device}/end"), headers=PART).status_code == 200
    with scope(desk.clinic.id):
        assert Device.objects.get().revoked_at is not None


def test_who_sees_the_own_visits_alone_touches_nobody_in_the_queue(open_desk: Desk) -> None:
    desk = open_desk
    own = signed_in(desk.clinic.id, "specialist", desk.clinic.ana)
    other = actions.book(
        desk.clinic.id, request(desk.clinic, at(10, 30), who=desk.clinic.mihai, staff=True), STAFF
    )
    post(desk, "number", service=desk.clinic.visit)
    one, visit = ticket(desk).pk, other.visit_id  # type: ignore[union-attr]
    for path in ("next", f"{one}/call", f"{one}/start", f"{one}/end", "arrival"):
        assert own.post(desk.url(f"queue/{path}"), {"visit": visit}).status_code == 403
    with scope(desk.clinic.id):
        assert (Visit.objects.get(pk=visit).status, ticket(desk).state) == ("confirmed", "waiting")


def test_a_rule_is_said_and_gone_over_with_a_second_press_by_right(open_desk: Desk) -> None:
    desk = open_desk
    tenancy.set_setting(desk.clinic.id, "eligibility", {"clients": "returning"}, actor=STAFF)
    post(desk, "number", service=desk.clinic.visit, name="Ion Vlad")
    path, to = f"{ticket(desk).pk}/start", desk.clinic.ana
    status, html = post(desk, path, to=to)
    assert status == 422 and "clients who were here before" in html and "Book against the rule" not in html
    assert post(desk, path, to=to, override="1")[0] == 403  # reception keeps to the rules
    with clock.at(at(10, day=MONDAY)):
        html = desk.owner.post(desk.url(f"queue/{path}"), {"to": to}, headers=PART).content.decode()
        assert "Book against the rule" in html and f'name="to" value="{to}"' in html
        gone = desk.owner.post(desk.url(f"queue/{path}"), {"to": to, "override": "1"}, headers=PART)
        assert "Number 1 goes in" in gone.content.decode()
        late = desk.owner.post(desk.url(f"queue/{path}"), {"to": to, "override": "1"}, headers=PART)
    assert late.status_code == 409 and "Book against the rule" not in late.content.decode()  # a second desk


def test_a_known_client_is_found_on_the_queue_s_own_page_without_script_too(open_desk: Desk) -> None:
    desk = open_desk
    actions.book(desk.clinic.id, request(desk.clinic, at(9), who=desk.clinic.ana), STAFF)
    with scope(desk.clinic.id):
        Visit.objects.update(status="completed")
        client = Client.objects.get()
    with clock.at(at(10, day=MONDAY)):
        page = desk.reception.get(desk.url("queue/")).content.decode()
        assert 'id="desk-config"' in page and 'form="queue-find"' in page and "data-queue-finder" in page
        html = desk.reception.get(desk.url(f"queue/?add=1&q={client.last_name[:3]}")).content.decode()
        assert f'name="client" value="{client.pk}" checked' in html and "came 1 of 1 times" in html
    assert str(client) in post(desk, "number", service=desk.clinic.visit, client=client.pk)[1]
    with clock.at(at(10, day=MONDAY)):
        none = desk.reception.get(desk.url("queue/?add=1&q=zzzz")).content.decode()
    assert "Nobody found" in none and 'type="radio"' not in none
