"""The download of one's own data: what is the client's is in it, what staff write for themselves is not."""

import json
from typing import Any

import pytest

from tests import world
from visita.activity import worker
from visita.bookings import actions
from visita.bookings.actions.add_note import add_note
from visita.bookings.models import Visit
from visita.bookings.waitlist.windows import Window
from visita.catalog import actions as catalog
from visita.foundation.scope import scope
from visita.web.front.me.tests.conftest import Maria, words


@pytest.fixture
def inside(maria: Maria) -> Maria:
    """Signed in."""
    maria.sign_in()
    return maria


def taken(inside: Maria) -> dict[str, Any]:
    """Her part of the file."""
    (one,) = json.loads(inside.get("data.json").content)["people"]
    return dict(one)


def visit_of(inside: Maria) -> Visit:
    """Her visit."""
    with scope(inside.visitor.clinic.id):
        return Visit.objects.get()


def test_the_clients_own_words_are_in_it(inside: Maria) -> None:
    inside.visitor.browser.post(f"{inside.link}note/", {"note": "I come by bike."})
    inside.visitor.browser.post(f"{inside.link}cancellation/", {"reason": "I am ill."})
    (visit,) = taken(inside)["visits"]
    assert "I come by bike." in visit["note"] and visit["cancel_reason"] == "I am ill."


def test_what_staff_note_for_themselves_is_not(inside: Maria) -> None:
    org, visit = inside.visitor.clinic.id, visit_of(inside).pk
    for code, whose in (("debt", "staff"), ("plate", "both")):
        catalog.add_field(org, code, {"en": code.title()}, "text", asked_of=whose, actor=world.STAFF)
    add_note(org, visit, "Owes us money.", world.STAFF)
    kept = {code: {"value": f"{code}-1"} for code in ("debt", "plate")}
    with scope(org):
        Visit.objects.filter(pk=visit).update(fields=kept)
    actions.cancel(org, visit, world.STAFF, reason="Quarrelsome.")
    (found,) = taken(inside)["visits"]
    assert (found["note"], found["cancel_reason"], list(found["answers"])) == ("", "", ["plate"])
    page = words(inside.get("data/"))
    assert "Owes" not in page and "Quarrelsome" not in page


def test_the_waitlist_and_the_letters_are_in_it(inside: Maria) -> None:
    clinic, visit = inside.visitor.clinic, visit_of(inside)
    window = Window(world.MONDAY, world.MONDAY)
    for actor, note in ((world.CLIENT, "Any time."), (world.STAFF, "Hurry her.")):
        wish = actions.WaitRequest(
            ((clinic.visit if note == "Any time." else clinic.scan, None),), window,
            client_id=visit.client_id, location_id=clinic.location, note=note,
        )  # fmt: skip
        actions.join(clinic.id, wish, actor)
    worker.drain()
    found = taken(inside)
    assert [each["note"] for each in found["waitlist"]] == ["Any time.", ""]
    assert "waitlist_joined" in {each["kind"] for each in found["letters"]}
    page = words(inside.get("data/"))
    assert "Any time." in page and "Hurry" not in page and "Messages we sent you" in page
