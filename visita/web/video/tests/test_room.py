"""The room of a video visit: who gets in, when, and what passes between the two sides."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from tests import world
from visita.bookings import actions
from visita.bookings.models import Appointment, Visit
from visita.bookings.requests import Booked, MoveRequest
from visita.clients.actions import end_session, start_session
from visita.clients.contacts import Contact
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.identity import actions as identity
from visita.integrations.video.rooms import room
from visita.tenancy import actions as tenancy
from visita.web.front.me import passes

pytestmark = pytest.mark.django_db
TEN = world.at(10)


@pytest.fixture(autouse=True)
def sunday() -> Iterator[None]:
    with clock.at(world.NOW):
        yield


@pytest.fixture
def clinic() -> world.Clinic:
    """Its consultation is held by video."""
    made = world.clinic()
    place: dict[str, Any] = {"scope_kind": "service", "scope_id": made.visit}
    tenancy.set_setting(made.id, "video", True, actor=world.STAFF, **place)
    return made


@pytest.fixture
def booked(clinic: world.Clinic) -> Booked:
    made = actions.book(clinic.id, world.request(clinic, TEN, who=clinic.ana), world.CLIENT)
    assert isinstance(made, Booked)
    return made


def link(clinic: world.Clinic, booked: Booked, path: str = "room/") -> str:
    return f"/{clinic.slug}/v/{booked.code}/{booked.manage_token}/{path}"


def signed_in(clinic: world.Clinic, role: str = "reception", resource: int | None = None) -> Browser:
    user = identity.create_user(email=f"{role}@example.org", password="a long Passw0rd 1", name=role)
    identity.add_member(clinic.id, user.pk, role, resource_id=resource, actor=world.STAFF)
    browser = Browser()
    browser.force_login(user)
    return browser


def say(browser: Browser, address: str, said: list[Any], after: int = 0) -> Any:
    return browser.post(address, json.dumps({"said": said, "after": after}), content_type="application/json")


@pytest.mark.parametrize(
    ("minutes", "state"), [(-16, "early"), (-15, "open"), (29, "open"), (59, "open"), (60, "over")]
)
def test_the_room_opens_around_the_visit(
    clinic: world.Clinic, booked: Booked, minutes: int, state: str
) -> None:
    with clock.at(TEN + timedelta(minutes=minutes)):
        response = Browser().get(link(clinic, booked))
        assert (response.status_code, response.context["room"].state) == (200, state)
        assert (b'id="room"' in response.content) == (state == "open")
        assert response["Cache-Control"] == "no-store"
        assert say(Browser(), link(clinic, booked, "room/talk"), []).json()["state"] == state


def test_two_sides_hear_each_other_once_and_nobody_else(clinic: world.Clinic, booked: Booked) -> None:
    staff, client = signed_in(clinic), Browser()
    here, there = f"/{clinic.slug}/desk/visits/{booked.visit_id}/room/talk", link(clinic, booked, "room/talk")
    with clock.at(TEN):
        assert say(client, there, [{"hello": True}, {"hello": 2}]).json()["messages"] == []
        heard = say(staff, here, [{"call": "a"}]).json()["messages"]
        assert [each["body"] for each in heard] == [{"hello": True}, {"hello": 2}]
        assert say(staff, here, [], after=heard[-1]["id"]).json()["messages"] == []
        assert [each["body"] for each in say(client, there, []).json()["messages"]] == [{"call": "a"}]
        other = actions.book(clinic.id, world.request(clinic, world.at(11), who=clinic.ana), world.CLIENT)
        assert isinstance(other, Booked)
    with clock.at(world.at(11)):
        assert say(client, link(clinic, other, "room/talk"), []).json()["messages"] == []


def test_a_move_takes_the_room_along_and_a_cancellation_closes_it(
    clinic: world.Clinic, booked: Booked
) -> None:
    actions.move(clinic.id, booked.visit_id, MoveRequest(world.at(15), staff=True, version=None), world.STAFF)
    with clock.at(TEN):
        early = Browser().get(link(clinic, booked))
        assert early.context["room"].state == "early" and 1 <= int(early["Refresh"]) <= 60
    with clock.at(world.at(15)):
        assert Browser().get(link(clinic, booked)).context["room"].state == "open"
        actions.cancel(clinic.id, booked.visit_id, world.STAFF)
        assert Browser().get(link(clinic, booked)).context["room"].state == "closed"
        assert b"room/" not in Browser().get(link(clinic, booked, "")).content


@pytest.mark.parametrize(
    ("status", "minutes", "state"),
    [("requested", -60, "waiting"), ("requested", 60, "closed"), ("completed", 10, "over"), ("completed", 60, "over"),
     ("cancelled", -60, "closed"), ("cancelled", 60, "closed"), ("no_show", 20, "closed"), ("no_show", 60, "closed")],
)  # fmt: skip
def test_nobody_is_thanked_who_was_not_there(
    clinic: world.Clinic, booked: Booked, status: str, minutes: int, state: str
) -> None:
    with scope(clinic.id):
        visit = Visit.objects.get(pk=booked.visit_id)
        visit.status = status
        rows = list(Appointment.objects.filter(visit_id=visit.pk))
        with clock.at(TEN + timedelta(minutes=minutes)):
            found = room(visit, rows)
    assert found is not None and found.state == state


def test_who_comes_by_video_goes_nowhere(clinic: world.Clinic, booked: Booked) -> None:
    """No way there, no "I am here", no address in the calendar."""
    browser, address = Browser(), link(clinic, booked, "")
    with clock.at(TEN - timedelta(minutes=10)):
        page = browser.get(address)
        assert page.context["directions"] == "" and page.context["booking"].remote
        assert page.context["room_open"] and b"Enter the room" in page.content
        assert b"here/" not in page.content and b"By video" in page.content
        assert browser.post(f"{address}here/").status_code == 302
        assert b"LOCATION:By video" in browser.get(f"{address}visit.ics").content
        with scope(clinic.id):
            assert Visit.objects.get(pk=booked.visit_id).status == "confirmed"


def test_another_provider_shows_its_address_only_while_open_and_a_new_one_after_a_move(
    clinic: world.Clinic, booked: Booked
) -> None:
    tenancy.set_setting(clinic.id, "video_provider", "jitsi", actor=world.STAFF)
    tenancy.set_setting(clinic.id, "video_address", "https://meet.example.org", actor=world.STAFF)
    assert b"meet.example.org" not in Browser().get(link(clinic, booked)).content
    with clock.at(TEN):
        first = Browser().get(link(clinic, booked)).context["room"].address
        assert first.startswith("https://meet.example.org/visita") and len(first) == 25 + 32
    actions.move(clinic.id, booked.visit_id, MoveRequest(world.at(15), staff=True, version=None), world.STAFF)
    with clock.at(world.at(15)):
        assert Browser().get(link(clinic, booked)).context["room"].address not in ("", first)


def test_only_those_who_may_see_the_visit_get_in(clinic: world.Clinic, booked: Booked) -> None:
    address = f"/{clinic.slug}/desk/visits/{booked.visit_id}/room/"
    assert Browser().get(address).status_code == 302
    assert signed_in(clinic).get(address).status_code == 200
    assert signed_in(clinic, "specialist_view", clinic.ana).get(address).status_code == 200
    assert signed_in(clinic, "specialist", clinic.mihai).get(address).status_code == 404
    wrong = link(clinic, booked).replace(booked.manage_token[-4:], "xxxx")
    assert Browser().get(wrong).status_code == 404
    assert say(Browser(), wrong + "talk", []).status_code == 404


def test_a_visit_that_is_not_by_video_has_no_room(clinic: world.Clinic) -> None:
    made = actions.book(clinic.id, world.request(clinic, world.at(14), clinic.gym), world.CLIENT)
    assert isinstance(made, Booked)
    assert Browser().get(link(clinic, made)).status_code == 404
    assert signed_in(clinic).get(f"/{clinic.slug}/desk/visits/{made.visit_id}/room/").status_code == 404


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"said": 1, "after": 0}', b'{"said": ["x"], "after": 0}', b'{"said": [], "after": -1}',
     b'{"said": [{"a": "\\u0000"}], "after": 0}', b'{"said": [], "after": "1"}', b"\xff"],
)  # fmt: skip
def test_nonsense_is_refused(clinic: world.Clinic, booked: Booked, body: bytes) -> None:
    with clock.at(TEN):
        response = Browser().post(link(clinic, booked, "room/talk"), body, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (400, "bad_json")


def test_too_much_talk_is_refused_and_forgotten_in_time(clinic: world.Clinic, booked: Booked) -> None:
    address = link(clinic, booked, "room/talk")
    with clock.at(TEN):
        codes = [say(Browser(), address, [{"n": 1}] * 40).status_code for _ in range(11)]
    assert codes == [200] * 10 + [429]
    with clock.at(TEN + timedelta(minutes=11)):
        assert say(Browser(), address, [{"n": 1}]).status_code == 200


@pytest.mark.parametrize(
    "said", ['[{"a": "\\ud800"}]', '[{"\\udfff": 1}]', '[{"a": "\\u0000"}]', '[{"a": NaN}]', '[{"a": 1e999}]']
)
def test_what_no_database_holds_is_refused(clinic: world.Clinic, booked: Booked, said: str) -> None:
    with clock.at(TEN):
        body = f'{{"after": 0, "said": {said}}}'
        answer = Browser().post(link(clinic, booked, "room/talk"), body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_json")


def test_a_pass_of_the_account_opens_the_room_and_dies_with_it(clinic: world.Clinic, booked: Booked) -> None:
    contact = Contact("phone", "+40721555014")
    with clock.at(TEN):
        session, _token = start_session(clinic.id, contact, stay=False, actor=world.CLIENT)
        with scope(clinic.id):
            token = passes.issue(session, Visit.objects.get(pk=booked.visit_id))
        address = f"/{clinic.slug}/v/{booked.code}/{token}/room/"
        assert Browser().get(address).status_code == 200
        end_session(clinic.id, session.pk, actor=world.CLIENT)
        assert Browser().get(address).status_code == 404


def test_a_code_with_a_nul_opens_nothing(clinic: world.Clinic, booked: Booked) -> None:
    assert Browser().get(f"/{clinic.slug}/v/{booked.code}%00/{booked.manage_token}/room/").status_code == 404
    assert Browser().get(f"/{clinic.slug}/v/{booked.code}/x%00/room/").status_code == 404
