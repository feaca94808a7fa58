"""Blocking time over visits at the desk: listed, decided, done, opened again, taken back."""

from typing import Any

import pytest
from django.test import Client

from visita.foundation.scope import scope
from visita.scheduling.models import Allocation
from visita.web.desk.hours.tests.test_hours import apply, book, keeper, visit
from visita.web.desk.tests.conftest import Desk, signed_in

__all__ = ["keeper"]

ASKED = {"date": "2026-11-23", "time": "10:00", "minutes": "120", "note": "Meeting"}


def blocks(desk: Desk) -> list[str]:
    with scope(desk.clinic.id):
        return list(Allocation.objects.filter(kind="block", live=True).values_list("note", flat=True))


def asked(desk: Desk, browser: Client) -> Any:
    """The list of the visits in the way."""
    return browser.post(desk.url("blocks/"), {**ASKED, "resource": desk.clinic.ana})


def test_moved_kept_and_cancelled_in_one_go_and_taken_back(desk: Desk, keeper: Client) -> None:
    ten, half = book(desk), book(desk, 11)
    page = asked(desk, keeper)
    assert [row["visit"].pk for row in page.context["rows"]] == [ten, half] and blocks(desk) == []
    assert "2 visits stand in this time" in page.content.decode()
    there = page.context["rows"][0]["places"][0]["value"]
    done = apply(desk, keeper, page, **{f"do_{ten}": "move", f"place_{ten}": there, f"do_{half}": "keep"})
    assert (done.status_code, done.context["failed"], blocks(desk)) == (200, [], ["Meeting"])
    assert visit(desk, ten).s == int(there.partition(":")[0])
    again = keeper.get(done.request["PATH_INFO"])
    assert (again.status_code, again.context["done"]) == (200, done.context["done"])
    back = keeper.post(desk.url(f"hours/undo/{done.context['batch']}/"))
    assert back["Location"].endswith("undo=done")
    assert (blocks(desk), visit(desk, ten).s, visit(desk, half).version) == ([], visit(desk, half).s - 60, 3)


def test_what_was_done_is_nobody_elses_to_look_at(desk: Desk, keeper: Client) -> None:
    ten = book(desk)
    done = apply(desk, keeper, asked(desk, keeper), **{f"do_{ten}": "keep"})
    assert desk.reception.get(done.request["PATH_INFO"]).status_code == 404


def test_a_visit_nobody_spoke_of_is_kept(desk: Desk, keeper: Client) -> None:
    ten = book(desk)
    assert apply(desk, keeper, asked(desk, keeper)).context["done"] == [("kept where they are, marked", 1)]
    assert visit(desk, ten).version == 2


def test_who_may_not_say_what_becomes_of_a_visit_blocks_no_time_over_it(desk: Desk) -> None:
    """Booking alone is enough to block free time."""
    book(desk)
    centre = signed_in(desk.clinic.id, "booking_centre")
    own = signed_in(desk.clinic.id, "specialist", desk.clinic.mihai)
    assert own.post(desk.url("blocks/"), {**ASKED, "resource": desk.clinic.ana}).status_code == 403
    page = asked(desk, centre)
    may = page.context["rows"][0]["may"]["keep"]
    assert (apply(desk, centre, page).status_code == 200) is may


def test_a_visit_booked_meanwhile_is_shown_before_anything_is_done(desk: Desk, keeper: Client) -> None:
    ten = book(desk)
    page = asked(desk, keeper)
    eleven = book(desk, 11)
    again = apply(desk, keeper, page, **{f"do_{ten}": "cancel", "reason": "Meeting"})
    assert again.status_code == 409
    assert [row["visit"].pk for row in again.context["rows"]] == [ten, eleven]
    assert (again.context["rows"][0]["do"], again.context["reason"]) == ("cancel", "Meeting")
    assert (blocks(desk), visit(desk, ten).status) == ([], "confirmed")


@pytest.mark.parametrize("minutes", ["0", "9999", "", "x"])
def test_lengths_that_make_no_sense(desk: Desk, keeper: Client, minutes: str) -> None:
    book(desk)
    sent = {**ASKED, "resource": desk.clinic.ana, "minutes": minutes}
    assert keeper.post(desk.url("blocks/"), sent).status_code == 422
