"""Two desks at one visit: both changes stand or one chooses; a lost line is told and made up for; a right that ends, too."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.cast import House, clinic, visit_tomorrow
from tests.journeys.conftest import Windows
from tests.journeys.desk import journal, set_status
from visita.foundation.actor import SYSTEM
from visita.foundation.scope import scope
from visita.identity import actions as identity
from visita.identity.models import Membership

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_NOTE = "#panel textarea[name=note]"
_STATUS = "#panel .panel-head .status"
_ARRIVED = ".block.s-arrived[data-visit]"


def _desks(windows: Windows, address: str) -> tuple[House, Page, Page]:
    """Two people with tomorrow's only visit open in the panel."""
    house, made = clinic()
    visit_tomorrow(house, made, 10, made.ana, ("Ana", "Rusu"))
    pages = [journal(windows, address, house) for _ in range(2)]
    for page in pages:
        page.locator("button.block[data-visit]").click()
        expect(page.locator(_NOTE)).to_be_visible()
    return house, pages[0], pages[1]


def _save(page: Page) -> None:
    page.get_by_role("button", name="Save the note").click()


def _arrive(page: Page) -> None:
    set_status(page, "Arrived")
    expect(page.locator(_STATUS)).to_have_text("Arrived")


def test_different_fields_both_stand(windows: Windows, address: str) -> None:
    _house, one, two = _desks(windows, address)
    one.locator(_NOTE).fill("Brings the X-ray")
    _arrive(two)
    expect(one.locator(_STATUS)).to_have_text("Arrived")
    expect(one.locator(_NOTE)).to_have_value("Brings the X-ray")
    _save(one)
    expect(two.locator(_NOTE)).to_have_value("Brings the X-ray")
    expect(two.locator(_STATUS)).to_have_text("Arrived")
    for page, why in (
        (one, "Fell ill on Friday"),
        (two, "Ill"),
    ):  # a form that goes leaves its words to be copied
        page.get_by_text("Cancel the visit").click()
        page.locator("#cancel-reason").fill(why)
    two.locator("#cancel-reason").press("Enter")
    expect(one.locator("[data-copies] textarea")).to_have_value("Fell ill on Friday")


@pytest.mark.parametrize(
    "press, stays", [("Keep mine", "Words of the second"), ("Take theirs", "Words of the first")]
)
def test_of_the_same_note_one_is_chosen(windows: Windows, address: str, press: str, stays: str) -> None:
    _house, one, two = _desks(windows, address)
    two.locator(_NOTE).fill("Words of the second")
    one.locator(_NOTE).fill("Words of the first")
    _save(one)
    expect(two.locator("[data-changed-there]")).to_contain_text("Words of the first")
    expect(two.locator(_NOTE)).to_have_value("Words of the second")
    with two.expect_response(lambda answer: answer.status == 409):
        _save(two)
    for words in ("Words of the first", "Words of the second"):
        expect(two.locator(".choice")).to_contain_text(words)
    two.get_by_role("button", name=press).click()
    expect(two.locator(".choice")).to_have_count(0)
    for page in (one, two):
        expect(page.locator(_NOTE)).to_have_value(stays)


def test_a_lost_line_is_told_and_made_up_for(windows: Windows, address: str) -> None:
    _house, one, two = _desks(windows, address)
    one.locator(_NOTE).fill("Typed without a line")
    one.context.set_offline(True)
    expect(one.locator("#offline")).to_be_visible()
    _arrive(two)
    _save(one)
    expect(one.locator(".toast-bad")).to_be_visible()
    expect(one.locator(_NOTE)).to_have_value("Typed without a line")
    one.context.set_offline(False)
    expect(one.locator("#offline")).to_have_count(0)
    expect(one.locator(_ARRIVED)).to_have_count(1)
    expect(one.locator(_STATUS)).to_have_text("Arrived")
    _save(one)
    expect(two.locator(_NOTE)).to_have_value("Typed without a line")


def test_who_may_no_longer_see_it_sees_nothing(windows: Windows, address: str) -> None:
    house, one, two = _desks(windows, address)
    with scope(house.id):
        first = Membership.objects.filter(organization_id=house.id).earliest("pk")
    identity.remove_member(house.id, first.pk, actor=SYSTEM)
    expect(one.locator("#journal")).to_contain_text("You may not see this any more.")
    expect(one.locator("body")).not_to_contain_text("Rusu")
    expect(two.locator(_NOTE)).to_be_visible()
