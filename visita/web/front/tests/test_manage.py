"""The manage link: see, calendar, cancel, move; wrong and expired links say the same and show nothing."""

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from tests import world
from visita.bookings import actions, errors
from visita.bookings.models import Visit
from visita.bookings.requests import Booked, BookRequest, Item
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.tenancy.actions import set_setting
from visita.web.front import visit
from visita.web.front.tests.conftest import DETAILS, Visitor, minute, words


@pytest.fixture
def link(visitor: Visitor) -> str:
    """The manage link of Monday 10:00 with Ana."""
    flow = visitor.flow(minute(10), who=str(visitor.clinic.ana))
    return str(visitor.post("booking/", {"flow": flow, **DETAILS})["Location"]).split("?")[0]


def status(visitor: Visitor) -> str:
    """The status of the only visit."""
    with scope(visitor.clinic.id):
        return Visit.objects.get().status


def test_shows_the_visit_and_is_kept_by_no_cache(visitor: Visitor, link: str) -> None:
    page = visitor.browser.get(link)
    text = words(page)
    assert "Ana Pop" in text and "Free to move or cancel until Mon 23 Nov, 08:00." in text
    assert page["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["", "times/", "cancel/", "visit.ics"])
def test_wrong_links_say_the_same_and_show_nothing(visitor: Visitor, link: str, path: str) -> None:
    code, token = link.strip("/").split("/")[2:4]
    wrong = [(code, token[:-1] + "x"), ("ZZZZZZZZ", token), (code, "%00"), ("%00", token), (code, "x" * 300)]
    for one, other in wrong:
        page = visitor.get(f"v/{one}/{other}/{path}")
        assert page.status_code == 404 and "This link has expired" in words(page)
        assert "Maria" not in words(page)


def test_a_link_of_another_organization_opens_nothing(visitor: Visitor, link: str) -> None:
    other = world.clinic()
    assert visitor.browser.get(link.replace(visitor.clinic.slug, other.slug)).status_code == 404


def test_the_link_dies_a_month_after_the_visit(visitor: Visitor, link: str) -> None:
    with clock.at(world.NOW + timedelta(days=33)):
        page = visitor.browser.get(link)
    assert page.status_code == 404 and "Call +40215550142" in words(page)


def test_calendar_entry(visitor: Visitor, link: str) -> None:
    response = visitor.browser.get(f"{link}visit.ics")
    assert response["Content-Type"].startswith("text/calendar")
    event: Any = next(iter(Calendar.from_ical(response.content).walk("VEVENT")))
    assert event["dtstart"].dt == world.at(10) and "Consultation" in event["summary"]


def test_a_visit_that_waits_for_confirmation_is_tentative(visitor: Visitor) -> None:
    set_setting(visitor.clinic.id, "approval", True, actor=world.STAFF)
    file = visitor.browser.get(f"{visitor.book(minute(10))}visit.ics").content
    assert b"STATUS:TENTATIVE" in file


def test_cancel_asks_first_and_keeps_the_reason(visitor: Visitor, link: str) -> None:
    assert "Cancel this visit?" in words(visitor.browser.get(f"{link}cancel/"))
    assert status(visitor) == "confirmed"
    page = visitor.browser.post(f"{link}cancellation/", {"reason": "Ill"})
    assert page.status_code == 302 and status(visitor) == "cancelled"
    assert "This visit is cancelled" in words(visitor.browser.get(link))
    assert visitor.browser.post(f"{link}cancellation/", {}).status_code == 302


def test_a_reason_that_cannot_be_kept_is_refused(visitor: Visitor, link: str) -> None:
    for reason in ("\x00", "x" * 501, "\u202e"):
        assert visitor.browser.post(f"{link}cancellation/", {"reason": reason}).status_code == 422
    assert status(visitor) == "confirmed"


def test_too_late_to_change_says_whom_to_call(visitor: Visitor, link: str) -> None:
    with clock.at(world.at(9)):
        page = visitor.browser.get(link)
        text = words(page)
        assert (
            "too late to change this online: that was possible until Mon 23 Nov, 08:00. Call +40215550142"
            in text
        )
        refused = visitor.browser.post(f"{link}cancellation/", {})
        assert refused.status_code == 403 and "If it goes on" not in words(refused)
        assert visitor.browser.get(f"{link}times/").status_code == 302
    assert status(visitor) == "confirmed"


def test_moving_asks_once_and_moves(visitor: Visitor, link: str) -> None:
    page = visitor.browser.get(f"{link}times/?date=2026-11-24")
    assert "Move to which time?" in words(page)
    slot = f"any.{minute(11, day=1)}"
    question = visitor.browser.post(f"{link}move/", {"slot": slot})
    assert "Move to Tue 24 Nov, 11:00?" in words(question) and status(visitor) == "confirmed"
    sure = {"slot": slot, "sure": "1", "version": question.context["version"]}
    done = visitor.browser.post(f"{link}move/", sure)
    assert done.status_code == 302 and "Tuesday, 11:00–11:30" in words(visitor.browser.get(done["Location"]))


def test_the_way_to_move_keeps_the_person_and_says_who_it_will_be(visitor: Visitor) -> None:
    who = str(visitor.clinic.ana)
    done = visitor.post("booking/", {"flow": visitor.flow(minute(10), who=who), **DETAILS})
    link = str(done["Location"]).split("?")[0]
    shown = visitor.browser.get(link).context["move_url"]
    page = visitor.browser.get(shown)
    slot = f"{who}.{minute(11)}"
    assert (
        f'value="{slot}"' in page.content.decode() and "any." not in page.context["parts"][0].times[0].value
    )
    assert "Ana Pop" in words(visitor.browser.post(f"{link}move/", {"slot": slot}))
    assert (
        f'value="any.{minute(11)}"' in visitor.browser.get(f"{link}times/?date=2026-11-23").content.decode()
    )


def test_a_time_lost_while_moving_leaves_the_visit(visitor: Visitor, link: str) -> None:
    visitor.book(minute(11))
    for who in (visitor.clinic.ana, visitor.clinic.mihai):
        data = {"slot": f"{who}.{minute(11)}", "sure": "1"}
        page = visitor.browser.post(f"{link}move/", data)
        if page.status_code == 409:
            assert "Your visit stays where it was." in words(page) and page.context["near"]
            return
    raise AssertionError("both were free")


def test_a_visit_that_is_gone_while_it_is_moved_is_no_fault_of_ours(
    visitor: Visitor, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A code that a lost time has, too: then there is no visit whose times could be shown."""

    def gone(*_given: object) -> None:
        raise errors.not_found()

    monkeypatch.setattr(visit, "load", gone)
    assert visitor.browser.post(f"{link}move/", {"slot": "1.1"}).status_code == 404


def test_a_stale_move_is_refused(visitor: Visitor, link: str) -> None:
    data = {"slot": f"any.{minute(11)}", "sure": "1", "version": "99"}
    assert visitor.browser.post(f"{link}move/", data).status_code == 409


@pytest.mark.parametrize("slot", ["", "x", "any.1", "\x00", "any.67108863"])
def test_broken_moves_show_the_times(visitor: Visitor, link: str, slot: str) -> None:
    assert visitor.browser.post(f"{link}move/", {"slot": slot}).status_code < 500
    assert visitor.browser.post(f"{link}move/", {"slot": slot, "sure": "1"}).status_code < 500


def test_a_resized_visit_is_offered_only_times_that_take_its_length(visitor: Visitor) -> None:
    clinic = visitor.clinic
    long = Item(clinic.visit, clinic.ana, world.at(15), 90)
    booked = actions.book(clinic.id, BookRequest((long,), client=world.person(), staff=True), world.STAFF)
    actions.book(clinic.id, world.request(clinic, world.at(10, 30), who=clinic.ana), world.CLIENT)
    assert isinstance(booked, Booked)
    link = f"v/{booked.code}/{booked.manage_token}/times/?resource={clinic.ana}&date=2026-11-23"
    page = visitor.get(link).content.decode()
    assert f".{minute(11)}" in page and f".{minute(10)}" not in page
