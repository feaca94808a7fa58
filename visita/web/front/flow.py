"""The signed note that leads from the chosen time to the booking; it stands in the address instead of a session.

It holds ids, the hold's token and the idempotency key made with it (so that a second press, a reload or the
browser's "back" book once), never anything a person typed.
"""

import secrets
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from django.core import signing

from visita.web.front.choice import Choice, Wanted

_SALT = "visita.front.flow"
_DAY = 86_400  # seconds a note may be used; the hold itself ends much sooner


class FlowItem(NamedTuple):
    """One service of the visit: `wanted` is whom the visitor asked for (None = anyone), `given` who was assigned.

    `minute` and `end` are epoch minutes; `subject` tells for which of those who come it is (0 = the first).
    """

    service: int
    wanted: int | None
    given: int | None
    minute: int
    end: int
    subject: int = 0


@dataclass(frozen=True, slots=True)
class Flow:
    """A chosen time for one or several services. `until` is the hold's end in epoch seconds (0 = none).

    `kind` is the kind of subject chosen (a dog, a car), `link` the booking path it went through with its `version` (0 =
    the usual one), `answers` what was chosen at the path's own questions.
    """

    organization: int
    location: int
    items: tuple[FlowItem, ...]
    seats: int
    hold: str
    until: int
    key: str
    kind: str = ""
    link: str = ""
    version: int = 0
    answers: tuple[tuple[str, str], ...] = ()

    @property
    def first(self) -> FlowItem:
        """The item the visit begins with."""
        return min(self.items, key=lambda item: item.minute)

    @property
    def minute(self) -> int:
        """The visit's start."""
        return self.first.minute

    @property
    def end(self) -> int:
        """The visit's end."""
        return max(item.end for item in self.items)

    @property
    def subjects(self) -> int:
        """How many come: one, or more where the services are for different ones."""
        return len({item.subject for item in self.items})

    def choice(self) -> Choice:
        """What was chosen, to go back to."""
        wanted = tuple(Wanted(item.service, item.wanted, item.subject) for item in self.items)
        known = Choice(
            location=self.location, seats=self.seats, kind=self.kind, link=self.link, answers=self.answers
        )
        return known.chosen(wanted)

    def path(self) -> dict[str, Any]:
        """The booking path as the visit keeps it; empty for the usual one."""
        return (
            {"link": self.link, "version": self.version, "answers": dict(self.answers)}
            if self.version
            else {}
        )

    def signed(self) -> str:
        """As it stands in an address."""
        return signing.dumps(asdict(self), salt=_SALT, compress=True)


def read(note: str, organization: int) -> Flow | None:
    """The flow of a note; None when it is forged, older than a day or another organization's."""
    try:
        raw = signing.loads(note, salt=_SALT, max_age=_DAY)
        items = tuple(FlowItem(*row) for row in raw["items"])
        answers = tuple((str(key), str(answer)) for key, answer in raw["answers"])
        flow = Flow(**{**raw, "items": items, "answers": answers})
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None
    return flow if flow.organization == organization and flow.items else None


def new_key() -> str:
    """An idempotency key."""
    return secrets.token_urlsafe(18)
