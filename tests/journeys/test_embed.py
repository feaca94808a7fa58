"""The booking pages on another site: in its page, in a window, twice on one page, refused; and what tags hear."""

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect
from pytest_django import DjangoDbBlocker

from tests.database import environment
from tests.journeys import booking
from tests.journeys.browsers import FLAGS, program
from tests.journeys.cast import example
from tests.journeys.serving import serving
from tests.journeys.watching import PATIENCE, PHONE, Window
from visita.bookings.models import Visit
from visita.demo.businesses.delancey import DELANCEY
from visita.demo.businesses.meridian import MERIDIAN
from visita.demo.businesses.siluet import SILUET
from visita.demo.neighbour import list_site, open_site
from visita.demo.standin import StandIn
from visita.foundation.scope import scope
from visita.tenancy import queries

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# As in a browser that blocks other sites' cookies, and in one that lets them store nothing at all.
_STRICT = ["--test-third-party-cookie-phaseout"]
_NO_STORE = "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, {get() { throw new DOMException('no', 'SecurityError') }})"

_REACHED = ("view", "service", "time", "details", "booked")
_SLIP = """if (self === top) addEventListener("DOMContentLoaded", () => {
  const slip = document.createElement("a"); // it leads nowhere, and must not stop the others
  slip.dataset.visita = "inline";
  document.body.prepend(slip);
})"""
_SCROLLS = "document.documentElement.scrollHeight - document.documentElement.clientHeight"


@dataclass(frozen=True, slots=True)
class Street:
    """The server, another site beside it, and what the tags heard."""

    visita: str
    site: str
    tags: StandIn


@pytest.fixture(scope="module")
def strict(chromium: Browser) -> Iterator[Browser]:
    """A browser that takes no cookies of third parties."""
    browser = chromium.browser_type.launch(executable_path=program(), args=[*FLAGS, *_STRICT])
    yield browser
    browser.close()


@pytest.fixture
def visitor(street: "Street", strict: Browser) -> Iterator[Window]:
    """A person at the salon's own site, in the strict browser where frames can store nothing either."""
    window = Window(strict, street.site)
    window.context.add_init_script(_NO_STORE)
    yield window
    window.settle()


@pytest.fixture(scope="module")
def street(
    django_db_setup: str, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Street]:
    """Three businesses that list the site."""
    bound, tags, port = socket.create_server(("127.0.0.1", 0)), StandIn(), _free()
    outside = f"http://127.0.0.1:{bound.getsockname()[1]}"
    more = {"PORT": str(port), "TAGS_ORIGIN": f"http://localhost:{port}"}
    more |= {"GOOGLE_TAGS": outside, "FACEBOOK_TAGS": outside}
    folder = tmp_path_factory.mktemp("served")
    with (
        serving(environment(django_db_setup), folder, **more) as served,
        open_site(bound, served, tags) as site,
    ):
        with django_db_blocker.unblock():
            for business in (SILUET, MERIDIAN, DELANCEY):
                example(business)
                list_site(business.slug, site)
        yield Street(served, site, tags)


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _frame(page: Page, holder: str) -> Any:
    """The page inside a frame; it has all that booking needs of a page."""
    element = page.locator(holder).element_handle()
    assert element is not None
    frame = element.content_frame()
    assert frame is not None
    return frame


def _choose(frame: Any) -> None:
    frame.locator("[data-group] a.choice").first.click()
    expect(frame.locator("#when")).to_be_visible()


def _book(frame: Any, first: str, phone: str) -> None:
    _choose(frame)
    booking.hold(frame, booking.nearest(frame))
    booking.fill(frame, first, "Berg", phone)
    booking.confirm(frame)


def _source() -> str:
    organization = queries.by_slug(SILUET.slug)
    assert organization is not None
    with scope(organization.pk):
        return Visit.objects.latest("id").source


def test_a_whole_booking_in_the_page_without_cookies_or_storage(visitor: Window, committed_db: None) -> None:
    visitor.context.add_init_script(_SLIP)
    page = visitor.open("/")
    expect(page.locator("#inline")).to_be_hidden()
    inner = page.locator("#inline + iframe")
    frame = _frame(page, "#inline + iframe")
    assert frame.evaluate("document.cookie = 'probe=1; SameSite=None; Secure'; document.cookie") == ""
    _book(frame, "Vera", "912 555-01-61")
    shown = frame.evaluate("document.body.getBoundingClientRect().height")
    expect(inner).to_have_css("height", re.compile(rf"^{int(shown)}|^{int(shown) + 1}px"))
    assert frame.evaluate(_SCROLLS) <= 1
    assert visitor.context.cookies() == [] and _source() == "widget"


def test_in_the_window_by_keyboard_alone(visitor: Window, committed_db: None) -> None:
    page = visitor.open("/")
    page.locator("#window").focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog[open]")
    expect(dialog).to_be_visible()
    frame = _frame(page, "dialog[open] iframe")
    expect(frame.locator("[data-group]").first).to_be_visible()
    page.evaluate(_FORGE, [{"visita": 1, "close": True}])
    expect(dialog).to_be_visible()
    frame.wait_for_load_state("load")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.locator("#window")).to_be_focused()
    page.keyboard.press("Space")
    _press(page, frame, "[data-group] a.choice")
    _press(page, frame, booking.chosen(frame))
    expect(frame.locator("#id_phone")).to_be_visible()
    for field, typed in (("phone", "912 555-01-62"), ("first_name", "Anna"), ("last_name", "Berg")):
        _reach(page, frame, f"#id_{field}")
        page.keyboard.type(typed)
    _press(page, frame, "button.button-large")
    expect(frame.locator("b.code")).to_be_visible()
    assert _source() == "popup"
    page.keyboard.press("Escape")
    expect(page.locator("#window")).to_be_focused()


def _reach(page: Page, frame: Any, wanted: str) -> None:
    """Tab until the focus is on the first of what is wanted."""
    script = f'document.activeElement === document.querySelector("{wanted}")'
    for _press in range(150):
        if frame.evaluate(script):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} cannot be reached by keyboard")


def _press(page: Page, frame: Any, wanted: str) -> None:
    _reach(page, frame, wanted)
    page.keyboard.press("Enter")


# Said by the site itself and by a frame of its own, as if a booking page had said it; back when everybody has heard it.
_FORGE = """async (news) => {
  const heard = new Promise((done) => addEventListener("message", (event) => event.data === "end" && done()));
  for (const each of news) postMessage(each, "*");
  const stranger = document.createElement("iframe");
  stranger.srcdoc = `<script>for (const each of ${JSON.stringify(news)}) parent.postMessage(each, "*"); parent.postMessage("end", "*")</script>`;
  document.body.append(stranger);
  await heard;
  stranger.remove();
}"""
_WATCH = """() => {
  window.seen = [];
  for (const frame of document.querySelectorAll("iframe"))
    new MutationObserver(() => seen.push(frame.style.height)).observe(frame, { attributes: true, attributeFilter: ["style"] });
}"""
# From the booking page itself, which somebody has taken over: what is no height, or nobody's, then one that is.
_SAY = """() => {
  for (const height of [-1, 0, 20001, 1e9, NaN, Infinity, "4323", null, {}, [4323]]) parent.postMessage({ visita: 1, height }, "*");
  for (const news of [null, "x", 4323, { visita: 2, height: 4323 }, { height: 4323 }]) parent.postMessage(news, "*");
  parent.postMessage({ visita: 1, height: 1234 }, "*");
}"""


def _hear_no_forgeries(page: Page, second: Any) -> None:
    """Whatever strangers say, and a booking page that says nonsense, no frame but its own changes, and only as it may."""
    page.evaluate(_WATCH)
    page.evaluate(_FORGE, [{"visita": 1, "height": 4321}, {"visita": 1, "close": True}, None, "x"])
    second.evaluate(_SAY)
    page.wait_for_function("seen.includes('1234px')")
    heights = page.evaluate("seen")
    assert heights.count("1234px") == 1 and not {"4321px", "4323px", "20001px", "-1px", "0px"} & set(heights)


def test_two_on_one_page_do_not_meet(visitor: Window, committed_db: None) -> None:
    page = visitor.open("/")
    second, third = (_frame(page, f"#{name} + iframe") for name in ("second", "third"))
    expect(page.locator("#second")).to_be_hidden()
    _hear_no_forgeries(page, second)
    expect(page.locator("#third")).to_be_hidden()
    height = page.locator("#second + iframe").evaluate("each => each.style.height")
    _choose(third)
    assert second.locator("#when").count() == 0
    expect(page.locator("#second + iframe")).to_have_css("height", height)
    page.set_viewport_size({"width": 320, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert third.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_a_site_that_is_not_listed_keeps_its_links(street: Street, strict: Browser) -> None:
    page = strict.new_context().new_page()
    page.goto(street.site.replace("localhost", "127.0.0.1"))
    expect(page.locator("#inline + iframe")).to_be_hidden()
    expect(page.locator("#inline")).to_be_visible()
    page.locator("#window").click()
    expect(page.locator("dialog[open] a")).to_have_attribute("href", re.compile(f"^{street.visita}/siluet/"))
    page.context.close()


def test_nothing_leaves_before_consent_and_then_each_step_once(
    street: Street, chromium: Browser, committed_db: None
) -> None:
    window = Window(chromium, street.visita, viewport=PHONE)
    page = window.open("about:blank")
    left: list[str] = []
    window.context.on("request", lambda request: _outside(street, request, left))
    page.goto("/siluet/?lang=en")
    expect(page.locator("[data-consent]")).to_be_visible()
    assert left == [] and not street.tags.received
    assert page.evaluate("localStorage.length") == 0
    page.get_by_role("button", name="Agree").click()
    _heard(page, street, "visita_service")
    booking.choose_first_service(page)
    _heard(page, street, "visita_time")
    booking.choose_last_day(page)
    booking.hold(page, booking.nearest(page))
    _heard(page, street, "visita_details")
    booking.fill(page, "Vera", "Geheim", "912 555-01-63")
    booking.confirm(page)
    _heard(page, street, "visita_booked")
    _heard(page, street, "track Schedule", by="facebook")  # a reload would break off what is still on its way
    page.reload()
    page.wait_for_timeout(500)
    google = [event for by, event in street.tags.received if by == "google" and event != "gtm.js"]
    assert sorted(google) == sorted(f"visita_{step}" for step in _REACHED)
    facebook = [event for by, event in street.tags.received if by == "facebook" and "init" not in event]
    custom = [f"trackCustom visita_{step}" for step in _REACHED[1:-1]]
    assert sorted(facebook) == sorted(["track PageView", *custom, "track Schedule"])
    assert "Geheim" not in f"{street.tags.received}{left}" and "555" not in f"{street.tags.received}"
    _refuse_later(page, left)
    window.settle()


def _outside(street: Street, request: Request, left: list[str]) -> None:
    if not request.url.startswith((street.visita, "data:", "about:")):
        left.append(request.url)


def _heard(page: Page, street: Street, event: str, by: str = "google") -> None:
    for _again in range(PATIENCE // 100):
        if (by, event) in street.tags.received:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{event} never came: {street.tags.received}")


def _refuse_later(page: Page, left: list[str]) -> None:
    """The answer can be changed on any page, and holds from then on."""
    page.locator("[data-consent-again] button").click()
    page.get_by_role("button", name="Refuse").click()
    assert page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage))") == []
    left.clear()
    page.goto("/siluet/?lang=en")
    page.wait_for_timeout(500)
    assert left == [] and page.locator("[data-consent]").is_hidden()
