"""A day at the reception, forty things one after another as they come: calls, people at the door, moves, somebody ill."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import world
from tests.journeys.cast import NAMES, House, clinic, past_midnight, visit_tomorrow
from tests.journeys.conftest import Windows
from tests.journeys.desk import drag, journal, point, set_status, settled, visit_block
from visita.foundation.actor import SYSTEM
from visita.scheduling import actions as scheduling
from visita.tenancy import actions as tenancy

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHOTS = os.environ.get("SHOTS", "")  # a folder: every action leaves a picture there
PEOPLE = [" ".join(name) for name in NAMES]


class Shift:
    """One receptionist's screen, and what was done at it."""

    def __init__(self, page: Page, house: House, made: world.Clinic, done: list[str]) -> None:
        self.page, self.house, self.made, self.done = page, house, made, done

    def did(self, what: str) -> None:
        """One action of the day is over."""
        self.done.append(what)
        if SHOTS:
            name = re.sub(r"\W+", "-", what.lower()).strip("-")
            self.page.screenshot(path=Path(SHOTS) / f"{len(self.done):02}-{name}.png")

    def seen(self, name: str, who: int, at: str) -> Locator:
        """A visit's block, where and when it is expected."""
        found = visit_block(self.page, who, name)
        expect(found.first).to_have_attribute("aria-label", re.compile(rf"\b0?{at}"))
        return found.first

    def panel(self, block: Locator) -> Locator:
        """Opens a visit in the panel."""
        block.click()
        panel = self.page.locator("#panel")
        expect(panel.locator("[data-panel-visit]")).to_be_visible()
        return panel

    def book(self, name: str, who: int, hour: int, search: str) -> Locator:
        """A caller who is known: press the hour, type some letters, choose, book: four actions."""
        self.page.mouse.click(*point(self.page, who, hour))
        self.page.locator("#new-client").fill(search)
        self.page.get_by_role("option").filter(has_text=name).click()
        expect(self.page.locator("[data-verdict]")).not_to_be_empty()
        self.page.get_by_role("button", name="Book", exact=True).click()
        block = self.seen(name, who, f"{hour}:00")
        self.page.keyboard.press("Escape")
        return block

    def press(self, name: str, who: int, at: str, button: str) -> None:
        """A step in the panel of a visit."""
        panel = self.panel(self.seen(name, who, at))
        if button in ("Arrived", "Done"):
            set_status(self.page, button)
        else:
            panel.get_by_role("button", name=button, exact=True).click()
        settled(self.page)
        self.page.keyboard.press("Escape")

    def menu(self, who: int, hour: int, entry: str) -> None:
        """An entry of a cell's menu."""
        self.page.mouse.click(*point(self.page, who, hour), button="right")
        self.page.get_by_role("menuitem", name=entry).click()


def _open_now(house: House, made: world.Clinic) -> None:
    """Whoever comes to the door while this runs, at whatever hour, finds Mihai at work; the house keeps a queue."""
    tenancy.set_setting(made.id, "queue", True, actor=SYSTEM)
    for away, until in ((-1, 1440), (0, 1200)):
        day = house.day + timedelta(days=away)
        scheduling.set_exception(
            made.id, made.mihai, made.location, day, [(0, until)], reason="", actor=SYSTEM
        )


def _shift(windows: Windows, address: str) -> tuple[Shift, ...]:
    house, made = clinic()
    visit_tomorrow(house, made, 9, made.mihai, ("Ion", "Dumitru"))
    for hour, first in ((16, "Ana"), (17, "Vlad"), (18, "Ilinca")):
        visit_tomorrow(house, made, hour, made.mihai, (first, "Manea"))
    _open_now(house, made)
    done: list[str] = []
    return tuple(
        Shift(journal(windows, address, house, role), house, made, done)
        for role in ("reception", "administrator")
    )


def test_forty_things(windows: Windows, address: str) -> None:
    one, two = _shift(windows, address)
    for part in (
        _calls,
        _two_desks,
        _moves,
        _cells,
        _aside,
        _at_the_door,
        _one_visit_two_desks,
        _a_family,
        _weekly,
        _looking,
        _queue,
        _over_another,
        _ill_at_ten_past_nine,
        _yesterday,
    ):
        part(one, two)
    assert len(one.done) >= 40


def _calls(one: Shift, two: Shift) -> None:
    ana = one.made.ana
    one.book(PEOPLE[0], ana, 9, "oneill")
    one.did("A known client is booked in four actions")
    one.book(PEOPLE[1], ana, 10, "воскрес")
    one.did("Somebody found by other letters")
    one.page.keyboard.press("n")
    for field, text in (("first", "Petru"), ("last", "Albu"), ("phone", "0721 555 777")):
        one.page.locator(f"#new-{field}").fill(text)
    one.page.locator("#new-who").select_option(str(ana))
    one.page.locator("#new-time").fill("11:00")
    one.page.get_by_role("button", name="Book", exact=True).click()
    one.seen("Petru Albu", ana, "11:00")
    one.page.keyboard.press("Escape")
    one.did("A new client is booked by keys")
    expect(visit_block(two.page, ana, "Petru Albu").first).to_be_visible()
    two.did("The other desk sees it")


def _two_desks(one: Shift, two: Shift) -> None:
    ana = one.made.ana
    for shift, search, name in ((one, "zoe", PEOPLE[3]), (two, "hohen", PEOPLE[4])):
        shift.page.mouse.click(*point(shift.page, ana, 13))
        shift.page.locator("#new-client").fill(search)
        shift.page.get_by_role("option").filter(has_text=name).click()
    one.page.get_by_role("button", name="Book", exact=True).click()
    one.seen(PEOPLE[3], ana, "13:00")
    one.page.keyboard.press("Escape")
    two.page.get_by_role("button", name="Book", exact=True).click()
    expect(two.page.locator("#panel [role=alert]")).to_be_visible()
    expect(two.page.locator("[data-times] .chip").first).to_be_visible()
    two.did("The second desk is refused the same time, with the nearest")
    two.page.locator("#new-time").fill("14:00")
    two.page.get_by_role("button", name="Book", exact=True).click()
    two.seen(PEOPLE[4], ana, "14:00")
    two.page.keyboard.press("Escape")
    two.did("and books another")


def _moves(one: Shift, two: Shift) -> None:
    ana, mihai = one.made.ana, one.made.mihai
    drag(one.page, one.seen(PEOPLE[0], ana, "9:00"), mihai, 12)
    one.seen(PEOPLE[0], mihai, "12:00")
    one.did("A visit is dragged to another doctor")
    one.page.locator(".toast").get_by_role("button", name="Undo").click()
    one.seen(PEOPLE[0], ana, "9:00")
    one.did("and back")
    drag(one.page, one.seen(PEOPLE[0], ana, "9:00"), mihai, 9)
    expect(one.page.locator(".toast-bad")).to_contain_text("Mihai Ionescu")
    one.seen(PEOPLE[0], ana, "9:00")
    one.did("A drop on somebody else's time says why not")


def _cells(one: Shift, two: Shift) -> None:
    mihai = one.made.mihai
    one.menu(mihai, 14, "Block time…")
    one.page.locator("#panel input[name=note]").fill("Case meeting")
    one.page.get_by_role("button", name="Block it", exact=True).click()
    expect(one.page.locator(".block").filter(has_text="Case meeting").first).to_be_visible()
    one.did("Time is blocked from its cell")
    one.menu(mihai, 14, "Remove the block")
    expect(one.page.locator(".block").filter(has_text="Case meeting")).to_have_count(0)
    one.did("and given back")


def _aside(one: Shift, two: Shift) -> None:
    """Ana's visit of four o'clock is laid aside, and dropped on another day."""
    mihai = one.made.mihai
    one.seen("Ana Manea", mihai, "16:00").focus()
    one.page.keyboard.press("p")
    expect(two.page.locator("#shelf .parked").filter(has_text="Ana Manea")).to_be_visible()
    one.did("A visit is laid aside, and both desks see it")
    one.page.reload()
    expect(one.page.locator("#shelf .parked").filter(has_text="Ana Manea")).to_be_visible()
    settled(one.page)
    one.page.locator("#next").click()
    expect(visit_block(one.page, mihai, "Manea")).to_have_count(0)
    settled(one.page)
    one.page.locator("#shelf .parked").filter(has_text="Ana Manea").click()
    expect(one.page.locator(".legal").first).to_be_attached()
    one.page.keyboard.press("ArrowDown")
    one.page.keyboard.press("Enter")
    expect(visit_block(one.page, mihai, "Ana Manea").first).to_be_visible()
    expect(one.page.locator("#shelf .parked")).to_have_count(0)
    one.did("It lands on the day after")
    one.page.locator("#previous").click()
    expect(visit_block(one.page, mihai, "Vlad Manea").first).to_be_visible()
    settled(one.page)
    one.did("Back to the day")


def _at_the_door(one: Shift, two: Shift) -> None:
    ana = one.made.ana
    for at, name in (("9:00", PEOPLE[0]), ("10:00", PEOPLE[1])):
        one.press(name, ana, at, "Arrived")
        one.did(f"{at} has arrived")
    one.press(PEOPLE[0], ana, "9:00", "Done")
    one.did("The first is done")
    one.press(PEOPLE[3], ana, "13:00", "Done")
    one.did("The wrong one is marked as done")
    one.page.locator(".toast").get_by_role("button", name="Undo").click()
    settled(one.page)
    one.press(PEOPLE[3], ana, "13:00", "Arrived")
    one.did("and taken back: they have only arrived")


def _one_visit_two_desks(one: Shift, two: Shift) -> None:
    """Both open one visit; one moves it while the other writes a note: both stand."""
    ana = one.made.ana
    for shift in (one, two):
        shift.panel(shift.seen(PEOPLE[4], ana, "14:00"))
    one.page.locator("#panel textarea[name=note]").fill("Brings the X-ray")
    one.page.keyboard.press("Escape")
    one.panel(one.seen(PEOPLE[4], ana, "14:00"))
    expect(one.page.locator("#panel textarea[name=note]")).to_have_value("Brings the X-ray")
    one.did("A note not saved waits behind a closed panel")
    two.page.locator("#panel summary").filter(has_text="Move to…").click()
    two.page.locator("#move-time").fill("15:00")
    two.page.get_by_role("button", name="Move it").click()
    two.seen(PEOPLE[4], ana, "15:00")
    two.did("One desk moves it")
    one.page.get_by_role("button", name="Save the note").click()
    settled(one.page)
    one.page.keyboard.press("Escape")
    one.panel(one.seen(PEOPLE[4], ana, "15:00"))
    expect(one.page.locator("#panel textarea[name=note]")).to_have_value("Brings the X-ray")
    one.did("the other writes a note: both stand")
    for shift in (one, two):
        shift.page.keyboard.press("Escape")


def _a_family(one: Shift, two: Shift) -> None:
    """The Maneas call: none of them comes."""
    mihai = one.made.mihai
    for at, name in (("17:00", "Vlad Manea"), ("18:00", "Ilinca Manea")):
        panel = one.panel(one.seen(name, mihai, at))
        panel.locator("summary").filter(has_text="Cancel the visit").click()
        panel.locator("#cancel-reason").fill("The whole family is ill")
        panel.get_by_role("button", name="Cancel it and free the time").click()
        expect(visit_block(two.page, mihai, name)).to_have_count(0)
        one.page.keyboard.press("Escape")
        one.did(f"{name} is cancelled, with the reason")


def _weekly(one: Shift, two: Shift) -> None:
    ana = one.made.ana
    panel = one.panel(one.seen("Petru Albu", ana, "11:00"))
    panel.get_by_role("link", name="Repeat…").click()
    panel.locator("input[name=count]").fill("4")
    panel.get_by_role("button", name="Show the dates").click()
    expect(panel.locator("[data-result]")).to_be_visible()
    one.did("A visit shall repeat: the dates are shown")
    panel.get_by_role("button", name="Book the series").click()
    expect(panel).to_contain_text("4 visits · 4 to come")
    one.did("and booked")
    one.page.keyboard.press("Escape")


def _looking(one: Shift, two: Shift) -> None:
    one.page.keyboard.press("/")
    one.page.locator("#finder").fill("555777")
    one.page.locator("#finder-list [role=option]").first.click()
    expect(one.page.locator("#panel")).to_contain_text("Petru Albu")
    one.page.keyboard.press("Escape")
    one.did("Somebody is found by the tail of the phone")
    for view in ("Week", "Month", "Rooms"):
        one.page.locator(".views").get_by_role("link", name=view).click()
        expect(one.page.locator(".views [aria-current=page]")).to_have_text(view)
        one.did(f"The view of the {view.lower()}")


def _number(page: Page, name: str) -> Locator:
    """Somebody's place in the queue."""
    return page.locator(".number").filter(has=page.locator(".number-who").filter(has_text=name))


def _queue(one: Shift, two: Shift) -> None:
    """Two come without a time; the first is called, taken in and done with, the second goes away."""
    page = one.page
    past_midnight(one.house.zone)
    page.goto(f"/{one.house.slug}/desk/queue/")
    for name in ("Radu", "Sorina"):
        page.locator("summary").filter(has_text="Somebody came").click()
        page.locator("#queue-name").fill(name)
        page.locator("#queue-service").select_option(label="Consultation")
        form = page.locator("form").filter(has=page.locator("#queue-name"))
        form.get_by_role(
            "button", name="Give a number"
        ).click()  # past midnight the day's visits have one, too
        expect(_number(page, name)).to_be_visible()
        one.did(f"{name} comes without a time and gets a number")
    page.get_by_role("button", name="Call the next").click()
    radu = _number(page, "Radu")
    expect(radu).to_contain_text("called")
    one.did("The first is called")
    radu.get_by_role("button", name=re.compile("^Take in")).click()
    expect(radu.get_by_role("button", name=re.compile("^Done"))).to_be_visible()
    one.did("and taken in")
    sorina = _number(page, "Sorina")
    sorina.locator("summary").click()
    sorina.get_by_role("button", name=re.compile("^Has left")).click()
    expect(page.locator("main")).to_contain_text("Nobody is waiting")
    one.did("The second goes away")


def _over_another(one: Shift, two: Shift) -> None:
    """Who may books over a visit by a second press that names it; whoever looks for a free time gets the best first."""
    page, ana = two.page, two.made.ana
    page.keyboard.press("n")
    page.locator("#new-client").fill("כהן")
    page.get_by_role("option").filter(has_text=PEOPLE[2]).click()
    page.locator("#new-who").select_option(str(ana))
    page.locator("#new-time").fill("11:00")
    page.get_by_role("button", name="Book", exact=True).click()
    refused = page.locator("#panel [role=alert]")
    expect(refused).to_be_visible()
    two.did("A time that is taken is refused to those who may book over it, too")
    refused.get_by_role("button").click()
    expect(two.seen(PEOPLE[2], ana, "11:00")).to_have_attribute("aria-label", re.compile("overbooked"))
    two.did("A second press books over it, and the block says so")
    page.keyboard.press("Escape")
    panel = two.panel(two.seen(PEOPLE[2], ana, "11:00"))
    panel.get_by_role("link", name="Find another time").click()
    panel.locator("button.offer").first.click()
    expect(panel.locator("[data-offer]")).to_have_count(0)
    settled(page)
    two.did("It finds a better time")
    page.keyboard.press("Escape")


def _ill_at_ten_past_nine(one: Shift, two: Shift) -> None:
    page = two.page
    page.goto(f"/{two.house.slug}/desk/hours/away/")
    page.locator("#who").select_option(str(two.made.ana))
    for field in ("from", "to"):
        page.locator(f"#{field}").fill(two.house.day.isoformat())
    page.locator("#since").fill("12:00")
    page.get_by_role("button", name="See the visits").click()
    expect(page.locator(".stranded > li").first).to_be_visible()
    two.did("Ana is ill from noon: whom it touches, with a new place for each")
    page.get_by_role("button", name="Do all of this").click()
    expect(page.get_by_role("heading", name="Done")).to_be_visible()
    two.did("and all of it is done")
    page.get_by_role("button", name="Undo all of it").click()
    expect(page.get_by_role("button", name="Undo all of it")).to_have_count(0)
    two.did("and taken back before anybody was written to")


def _yesterday(one: Shift, two: Shift) -> None:
    page = two.page
    page.goto(f"/{two.house.slug}/desk/?date={two.house.day}")
    page.locator("#tools-more > summary").click()
    page.locator("a[href*='/then/']").first.click()
    expect(page.locator(".then-banner")).to_be_visible()
    expect(page.locator("#since")).to_be_visible()
    two.did("The day as it was an hour ago, and what became of it")
