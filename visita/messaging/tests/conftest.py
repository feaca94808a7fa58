"""An organization, an outbox to look into, and a clock that stands."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest

from tests.tenants import Tenant, stranger, tenant
from tests.world import NOW
from visita.clients.contacts import Contact
from visita.foundation import clock
from visita.messaging import adapters
from visita.messaging.message import Message
from visita.messaging.one_time import Ask

__all__ = ["stranger", "tenant"]

PHONE = Contact("phone", "+40721555014")


@dataclass
class Outbox:
    """An adapter that keeps what it is given."""

    name: str = "outbox"
    sent: list[Message] = field(default_factory=list)

    def send(self, message: Message) -> str:
        """Always sent."""
        self.sent.append(message)
        return message.key

    @property
    def code(self) -> str:
        """The code of the last message."""
        return self.sent[-1].body[:6]


@pytest.fixture
def outbox(monkeypatch: pytest.MonkeyPatch) -> Outbox:
    """Every channel leads here."""
    box = Outbox()
    monkeypatch.setattr(adapters, "chosen", lambda _channel: [box])
    return box


@pytest.fixture
def now() -> Iterator[None]:
    """The clock stands."""
    with clock.at(NOW):
        yield


def ask(**more: str | Contact | None) -> Ask:
    """Maria's phone asks for a code to sign in."""
    plain = Ask(PHONE, "sign_in", "page-1", "Meridian", "en", ip="192.0.2.1")
    return replace(plain, **more)  # type: ignore[arg-type]  # fields by name


__all__ += ["Outbox", "Tenant", "ask"]
