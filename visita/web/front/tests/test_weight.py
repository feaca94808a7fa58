"""Open pages go out compressed; personal ones do not share a stream with what a stranger may choose."""

from visita.web.front.tests.conftest import Visitor, minute


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
