"""The visit's page: calendars, moves left, a note of the client's, and what was agreed, as it was agreed."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests import world
from tests.world import STAFF
from visita.bookings.models import Visit
from visita.catalog import actions as catalog
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy
from visita.web.front.tests.conftest import Visitor, minute, words


def note_of(visitor: Visitor) -> str:
    """The note of the only visit."""
    with scope(visitor.clinic.id):
        return Visit.objects.get().note


def test_google_gets_the_wall_clock_and_not_the_manage_link(visitor: Visitor) -> None:
    link = visitor.book(minute(10))
    page = visitor.browser.get(link)
    address, outlook = page.context["google_url"], page.context["outlook_url"]
    assert "startdt=2026-11-23T08%3A00%3A00Z&enddt=2026-11-23T08%3A30%3A00Z" in outlook and "+" not in outlook
    assert link.split("/")[4] not in outlook  # the manage link is the client's alone
    query = parse_qs(urlsplit(address).query)
    assert query["dates"] == ["20261123T100000/20261123T103000"] and query["ctz"] == ["Europe/Bucharest"]
    assert link.strip("/").split("/")[-1] not in address


def test_the_moves_left_are_told_and_then_whom_to_call(visitor: Visitor) -> None:
    tenancy.set_setting(visitor.clinic.id, "moves_limit", 1, actor=STAFF)
    link = visitor.book(minute(10))
    assert "You can move it online once more." in words(visitor.browser.get(link))
    moved = visitor.browser.post(f"{link}move/", {"slot": f"any.{minute(11, day=1)}", "sure": "1"})
    page = visitor.browser.get(moved["Location"])
    assert "To move it again, call +40215550142." in words(page)
    assert not page.context["move_url"] and page.context["cancel_url"]


def test_a_note_is_added_under_what_stands_there(visitor: Visitor) -> None:
    link = visitor.book(minute(10), note="Ring twice")
    for _press in range(2):
        done = visitor.browser.post(f"{link}note/", {"note": "With a pram"})
        assert done.status_code == 302
    assert note_of(visitor) == "Ring twice\nWith a pram"
    assert "Your note is with us." in words(visitor.browser.get(done["Location"]))


@pytest.mark.parametrize("note", ["", "\x00", "x" * 1001, "\u202e"])
def test_a_note_that_cannot_be_kept_is_refused(visitor: Visitor, note: str) -> None:
    link = visitor.book(minute(10))
    assert visitor.browser.post(f"{link}note/", {"note": note}).status_code == 422
    assert note_of(visitor) == ""


def test_a_visit_that_is_over_takes_no_note(visitor: Visitor) -> None:
    link = visitor.book(minute(10))
    with clock.at(world.at(12)):
        assert visitor.browser.post(f"{link}note/", {"note": "Late"}).status_code == 409
    assert note_of(visitor) == ""


def test_what_was_agreed_stays_as_it_was(visitor: Visitor) -> None:
    clinic = visitor.clinic
    tenancy.change_profile(clinic.id, {"policy": {"en": "Half the price."}}, actor=STAFF)
    link = visitor.book(minute(10))
    tenancy.change_profile(clinic.id, {"policy": {"en": "All of it."}}, actor=STAFF)
    tenancy.set_setting(clinic.id, "cancel_until_minutes", 10_000, actor=STAFF)
    text = words(visitor.browser.get(link))
    assert "Half the price." in text and "All of it." not in text
    assert "Free to move or cancel until Mon 23 Nov, 08:00." in text
    assert visitor.browser.post(f"{link}cancellation/", {}).status_code == 302


def test_preparation_is_told_line_by_line_before_and_after(visitor: Visitor) -> None:
    clinic = visitor.clinic
    told = {"preparation": {"en": "Nothing to eat.\nBring results."}}
    catalog.change_service(clinic.id, clinic.visit, told, actor=STAFF)
    assert "Nothing to eat." in words(visitor.get("details/", flow=visitor.flow(minute(9))))
    assert visitor.browser.get(visitor.book(minute(10))).context["preparation"] == [
        "Nothing to eat.", "Bring results.",
    ]  # fmt: skip


def test_phone_numbers_keep_together_in_sentences(visitor: Visitor) -> None:
    tenancy.change_profile(visitor.clinic.id, {"phone": "021 555 0142"}, actor=STAFF)
    link = visitor.book(minute(10))
    with clock.at(world.at(9)):
        assert (
            "Call 021\N{NO-BREAK SPACE}555\N{NO-BREAK SPACE}0142."
            in visitor.browser.get(link).content.decode()
        )
