"""What was changed around the visits since a moment: told with who did it, and taken back one by one."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from tests import world
from tests.world import MONDAY, NOW, STAFF
from visita.activity.models import Activity
from visita.bookings import actions as bookings
from visita.bookings.around import _OF
from visita.catalog import actions as catalog
from visita.catalog import past, queries
from visita.catalog.models import Service
from visita.catalog.policies import Need, Offer
from visita.clients import actions as clients
from visita.clients import verbs as client_verbs
from visita.clients.details import Details
from visita.clients.models import Client
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling
from visita.scheduling.models import Allocation, Resource, WorkingException
from visita.web.desk import around
from visita.web.desk.tests.conftest import Desk, signed_in

LATER = NOW + timedelta(hours=1)
ASKED = {"date": MONDAY.isoformat(), "on": "2026-11-22", "at": "10:30"}  # NOW is 10:00 in Bucharest


def shown(desk: Desk) -> str:
    """The page an hour later, of the moment half an hour after NOW."""
    with clock.at(LATER):
        return desk.owner.get(desk.url("then/"), ASKED).content.decode()


def text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def undo(desk: Desk, page: str, browser: Browser | None = None) -> Any:
    """Presses the first button that takes back a change around the visits."""
    found = re.search(r'action="([^"]*/desk/(?:hours/acts/\d+/undo|acts/\d+/revert))"', page)
    assert found is not None
    with clock.at(LATER):
        return (browser or desk.owner).post(found[1], {"back": desk.url("then/")})


def absent(desk: Desk, reason: str = "ill") -> None:
    with clock.at(LATER):
        scheduling.set_exception(
            desk.clinic.id, desk.clinic.ana, desk.clinic.location, MONDAY, [], actor=STAFF, reason=reason
        )


def test_an_absence_is_told_and_taken_back(desk: Desk) -> None:
    absent(desk)
    page = shown(desk)
    assert "Changed around it since 1 Ana Pop Ill" in text(page) and "Reception" in text(page)
    assert undo(desk, page).status_code == 302
    with scope(desk.clinic.id):
        assert not WorkingException.objects.exists()


def test_a_change_of_hours_without_a_reason_is_told_too(desk: Desk) -> None:
    absent(desk, reason="")
    assert "Changed around it since 1 Ana Pop Hours" in text(shown(desk))


@pytest.mark.parametrize("verb", sorted({verb for verbs in _OF.values() for verb in verbs}))
def test_every_change_that_is_asked_for_has_a_name(verb: str) -> None:
    assert all(
        around._title(Activity(organization_id=1, verb=verb, payload=said))[0]
        for said in ({}, {"reason": ""})
    )


def test_what_was_changed_again_is_not_taken_back(desk: Desk) -> None:
    absent(desk)
    page = shown(desk)
    with clock.at(LATER):
        scheduling.set_exception(
            desk.clinic.id, desk.clinic.ana, desk.clinic.location, MONDAY, [[600, 660]], actor=STAFF
        )
    answer = undo(desk, page)
    assert answer.status_code == 409 and "changed again since" in answer.content.decode()


def test_time_given_back_is_blocked_again(desk: Desk) -> None:
    ids = scheduling.block(
        desk.clinic.id,
        [desk.clinic.ana],
        desk.clinic.location,
        world.at(9),
        world.at(10),
        actor=STAFF,
        note="Call",
    )
    with clock.at(LATER):
        scheduling.unblock(desk.clinic.id, ids, actor=STAFF)
    assert undo(desk, shown(desk)).status_code == 302
    with scope(desk.clinic.id):
        assert Allocation.objects.filter(kind="block", live=True, note="Call").count() == 1


def test_a_change_of_everybodys_hours_is_no_right_of_a_specialist(desk: Desk) -> None:
    absent(desk)
    page = shown(desk)
    assert undo(desk, page, desk.doctor).status_code == 403
    assert desk.analyst.get(desk.url("hours/acts/1/undo")).status_code == 405


def named(desk: Desk) -> int:
    """A visit of Maria's, who an hour later is called otherwise, as are her doctor and her service; her id."""
    clinic = desk.clinic
    made: Any = bookings.book(clinic.id, world.request(clinic, world.at(9), who=clinic.ana), world.CLIENT)
    with scope(clinic.id):
        maria = Activity.objects.filter(verb=client_verbs.CLIENT_REGISTERED).latest("id").object_id
    assert made.visit_id
    with clock.at(LATER):
        scheduling.change_resource(clinic.id, clinic.ana, {"name": "Ana Radu"}, actor=STAFF)
        catalog.change_service(clinic.id, clinic.visit, {"name": {"en": "Check-up"}}, actor=STAFF)
        clients.change(clinic.id, maria, Details("Maria", "Popa", "+40721555014"), actor=STAFF)
    return maria


def names(desk: Desk, maria: int) -> tuple[str, str, str]:
    with scope(desk.clinic.id):
        person, service = Resource.objects.get(pk=desk.clinic.ana), Service.objects.get(pk=desk.clinic.visit)
        return str(Client.objects.get(pk=maria)), service.name["en"], person.name


def test_names_go_back_one_by_one(desk: Desk) -> None:
    maria = named(desk)
    page = shown(desk)
    for words in ("Ana Radu", "Check-up", "Maria Popa", "Client's details changed", "As it was on"):
        assert words.replace("'", "&#x27;") in page or words in page
    for words in (
        "was: Ana Pop became: Ana Radu",
        "was: Consultation became: Check-up",
        "became: Maria Popa",
    ):
        assert words in text(page)
    assert names(desk, maria) == ("Maria Popa", "Check-up", "Ana Radu")
    for address in re.findall(r'action="([^"]*/desk/acts/\d+/revert)"', page):
        with clock.at(LATER):
            answer = desk.owner.post(address, {"back": "https://elsewhere.example/"})
        assert answer["Location"] == desk.url()
    assert names(desk, maria) == ("Maria Ilie", "Consultation", "Ana Pop")


def test_a_name_changed_again_stays(desk: Desk) -> None:
    maria = named(desk)
    page = shown(desk)
    with clock.at(LATER):
        clients.change(desk.clinic.id, maria, Details("Maria", "Rusu", "+40721555014"), actor=STAFF)
    answer = undo(desk, page)
    assert answer.status_code == 409 and "changed again since" in answer.content.decode()
    assert names(desk, maria)[0] == "Maria Rusu"


def gives(desk: Desk) -> tuple[list[int], list[int]]:
    """Who gives the consultation, and the rooms of what it needs."""
    with scope(desk.clinic.id):
        who = queries.offers([desk.clinic.visit]).get(desk.clinic.visit, [])
        needs = past.needs_at(desk.clinic.visit, clock.now() + timedelta(days=9))
        return [each.resource_id for each in who], [pk for need in needs for pk in need.resource_ids]


def test_who_gives_a_service_and_what_it_needs_go_back(desk: Desk) -> None:
    clinic = desk.clinic
    bookings.book(clinic.id, world.request(clinic, world.at(9), who=clinic.ana), world.CLIENT)
    before = gives(desk)
    offers, needs = [Offer(clinic.ana, minutes=45)], [Need([clinic.room], {"en": "Room"})]
    with clock.at(LATER):
        catalog.change_service(clinic.id, clinic.visit, {}, resources=offers, requirements=needs, actor=STAFF)
    assert gives(desk) == ([clinic.ana], [clinic.room]) != before
    found = re.search(r'action="([^"]*/desk/acts/\d+/revert)"', shown(desk))
    address = found[1] if found else ""
    with clock.at(LATER + timedelta(hours=1)):
        assert desk.owner.post(address).status_code == 302
        assert gives(desk) == before
        again = desk.owner.post(address)
    assert again.status_code == 409 and "changed again since" in again.content.decode()


@pytest.mark.parametrize("role", ["reception", "specialist"])
def test_the_catalogue_is_changed_back_by_who_may_change_it(desk: Desk, role: str) -> None:
    named(desk)
    with scope(desk.clinic.id):
        act = Activity.objects.filter(verb="service.changed").latest("id").pk
    assert signed_in(desk.clinic.id, role).post(desk.url(f"acts/{act}/revert")).status_code == 403
    assert desk.owner.post(desk.url("acts/1/revert")).status_code == 404
