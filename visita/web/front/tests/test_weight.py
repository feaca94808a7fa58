"""Open pages go out compressed; personal ones do not share a stream with what a stranger may choose."""

import re
from pathlib import Path

from visita.web.front.tests.conftest import DETAILS, Visitor, minute, words


def test_open_pages_are_compressed(visitor: Visitor) -> None:
    page = visitor.browser.get(
        f"/{visitor.clinic.slug}/?service={visitor.clinic.visit}", headers={"accept-encoding": "gzip"}
    )
    assert page["Content-Encoding"] == "gzip" and "Accept-Encoding" in page["Vary"]
    assert len(page.content) < 12_000


def test_personal_pages_are_not(visitor: Visitor) -> None:
    held = visitor.hold(minute(9))
    page = visitor.browser.get(held["Location"], headers={"accept-encoding": "gzip"})
    assert page.status_code == 200 and "Content-Encoding" not in page
    link = visitor.book(minute(10))
    assert "Content-Encoding" not in visitor.browser.get(link, headers={"accept-encoding": "gzip"})


DIST = Path(__file__).parents[4] / "frontend" / "dist"
_ASSET = re.compile(r'(?:src|href)="/static/(assets/[^"]+\.(?:js|css))"')


def test_script_and_style_of_the_first_view_are_light(visitor: Visitor) -> None:
    """What the page names, compressed as it goes out: at most 60 kB in all (the best peer needs 265)."""
    named = set(_ASSET.findall(visitor.get().content.decode()))
    assert any(each.endswith(".js") for each in named) and any(each.endswith(".css") for each in named)
    assert sum((DIST / f"{each}.gz").stat().st_size for each in named) <= 60_000


def test_six_presses_and_four_screens_book_a_known_service(visitor: Visitor) -> None:
    """Only by what the pages themselves offer: the service, the soonest time for anyone, three fields, the button."""
    services = visitor.get()
    [way] = [
        row["url"]
        for group in services.context["groups"]
        for row in group["rows"]
        if row["name"] == "Consultation"
    ]
    when = visitor.browser.get(way)
    nearest = when.context["cards"][0].slot
    held = visitor.hold(0, who="", slot=nearest)
    details = visitor.browser.get(held["Location"])
    asked = [
        name for name, field in details.context["form"].fields.items() if field.required and name != "region"
    ]
    done = visitor.post("booking/", {"flow": details.context["flow"], **DETAILS})
    assert done.status_code == 302 and "You are booked, Maria" in words(visitor.browser.get(done["Location"]))
    assert len(["service", "time", *asked, "book"]) <= 6
