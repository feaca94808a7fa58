"""A message to one person, and the port through which it leaves: what every adapter must do."""

from dataclasses import dataclass, field
from typing import Final, Literal, Protocol

Channel = Literal["sms", "email"]
CHANNELS: Final[tuple[Channel, ...]] = ("sms", "email")


@dataclass(frozen=True, slots=True)
class Message:
    """`to` is an E.164 number or an address, `key` unique to this message, so that a provider can drop a double.

    `subject` is for email, and so is what stands beside the body: the same as `html`, and as an iCalendar file whose method
    (RFC 5546) is `method`. The body may hold a secret: it is not part of the value's text in logs and tracebacks.
    """

    channel: Channel
    to: str = field(repr=False)
    language: str
    subject: str
    body: str = field(repr=False)
    purpose: str
    key: str
    html: str = field(default="", repr=False)
    calendar: str = field(default="", repr=False)
    method: str = ""


class NotSent(Exception):
    """The message did not leave; `reason` is a word for the log, never what the message says."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Adapter(Protocol):
    """A way out of the house. Called outside any transaction; may take seconds."""

    @property
    def name(self) -> str:
        """How the delivery log calls it."""

    def send(self, message: Message) -> str:
        """Hand the message over; gives the provider's reference. Raises NotSent."""
