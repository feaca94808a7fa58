"""Reads a page as a browser would and tells where hostile text became more than text."""

from html.parser import HTMLParser

from tests.hostile.vectors import MARK

_ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "srcset",
    "data",
    "poster",
    "xlink:href",
    "ping",
    "cite",
    "content",
}
_OURS = ("/", "?", "#", "http://testserver/", "mailto:", "tel:")
_OUTSIDE = ("https://calendar.google.com/", "https://outlook.live.com/", "https://www.openstreetmap.org/")
_SPEAKING = {"script", "style", "iframe", "object", "embed", "base", "svg"}


class Reader(HTMLParser):
    """Collects what is wrong with a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.seen = 0
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """No tag or attribute may come of a text, no handler, style or address of another scheme exist at all."""
        self._inside = tag if tag in ("script", "style") else self._inside
        if MARK in tag:
            self.wrong.append(f"tag <{tag[:80]}>")
        for name, value in attrs:
            text = value or ""
            self.seen += MARK in text
            if MARK in name or name.startswith(("on", "hx-on")) or name in ("style", "srcdoc", "background"):
                self.wrong.append(f"<{tag} {name}={text[:80]!r}>")
            if MARK in text and (name.startswith("hx-") or tag in _SPEAKING):
                self.wrong.append(f"<{tag} {name}={text[:80]!r}>")
            if name in _ADDRESSES - {"content"} and MARK in text and not text.startswith((*_OURS, *_OUTSIDE)):
                self.wrong.append(f"<{tag} {name}={text[:80]!r}>")

    def handle_endtag(self, tag: str) -> None:
        """A script or style ends."""
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        """Text is where it belongs, but not inside a script or style."""
        self.seen += data.count(MARK)
        if self._inside and MARK in data and "<" in data:
            self.wrong.append(f"text in <{self._inside}>: {data[:80]!r}")

    def handle_comment(self, data: str) -> None:
        """No text stands in a comment."""
        if MARK in data:
            self.wrong.append(f"comment {data[:80]!r}")

    def handle_pi(self, data: str) -> None:
        """Nor in an instruction."""
        self.handle_comment(data)

    def unknown_decl(self, data: str) -> None:
        """Nor in a declaration."""
        self.handle_comment(data)


def wrong(page: str) -> tuple[list[str], int]:
    """What is wrong, and how often the mark was met."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader.wrong, reader.seen
