"""A client of the clinic with a visit, a browser of their own, and the messages they get."""

import re
from dataclasses import dataclass
from typing import Any

import pytest

from visita.messaging import adapters
from visita.messaging.tests.conftest import Outbox
from visita.web.front.tests.conftest import Visitor, minute, visitor, words

__all__ = ["minute", "visitor", "words"]

PHONE = "0721 555 014"  # Maria's, as the clinic's cast has it


@pytest.fixture
def outbox(monkeypatch: pytest.MonkeyPatch) -> Outbox:
    """Every channel leads here."""
    box = Outbox()
    monkeypatch.setattr(adapters, "chosen", lambda _channel: [box])
    return box


@dataclass
class Maria:
    """Maria at the clinic's pages."""

    visitor: Visitor
    outbox: Outbox
    link: str

    def get(self, path: str = "", **query: Any) -> Any:
        """GET below /me/."""
        return self.visitor.get(f"me/{path}", **query)

    def post(self, path: str, data: dict[str, Any] | None = None) -> Any:
        """POST below /me/."""
        return self.visitor.post(f"me/{path}", data or {})

    def ask(self, contact: str = PHONE) -> Any:
        """Ask for a code; the page that waits for it."""
        return self.post("code/", {"contact": contact})

    def sign_in(self, contact: str = PHONE, **more: str) -> Any:
        """Ask for a code and type it."""
        page = self.ask(contact)
        return self.post("session/", {"code_note": page.context["note"], "code": self.outbox.code, **more})

    @property
    def person(self) -> str:
        """Her own page below /me/."""
        page = self.get().content.decode()
        found = re.search(r"/me/(people/\d+/)", page)
        assert found, page
        return found[1]


@pytest.fixture
def maria(visitor: Visitor, outbox: Outbox) -> Maria:
    """She booked Monday at ten with Ana."""
    return Maria(visitor, outbox, visitor.book(minute(10), email="maria@example.org"))
