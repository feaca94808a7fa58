"""The signed note that leads from the chosen time to the booking; it stands in the address instead of a session.

It holds ids, the hold's token and the idempotency key made with it (so that a second press, a reload or the
browser's "back" book once), never anything a person typed.
"""

import secrets
from dataclasses import asdict, dataclass

from django.core import signing

_SALT = "visita.front.flow"
_DAY = 86_400  # seconds a note may be used; the hold itself ends much sooner


@dataclass(frozen=True, slots=True)
class Flow:
    """A chosen time. `minute` and `end` are epoch minutes, `until` the hold's end in epoch seconds (0 = none).

    `resource` is whom the visitor asked for (None = anyone), `given` who was assigned.
    """

    organization: int
    location: int
    service: int
    resource: int | None
    given: int | None
    minute: int
    end: int
    seats: int
    hold: str
    until: int
    key: str

    def signed(self) -> str:
        """As it stands in an address."""
        return signing.dumps(asdict(self), salt=_SALT, compress=True)


def read(note: str, organization: int) -> Flow | None:
    """The flow of a note; None when it is forged, older than a day or another organization's."""
    try:
        flow = Flow(**signing.loads(note, salt=_SALT, max_age=_DAY))
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return flow if flow.organization == organization else None


def new_key() -> str:
    """An idempotency key."""
    return secrets.token_urlsafe(18)
