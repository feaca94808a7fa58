"""The signed note of a page that waits for a code: which contact, what for. It travels in the form, in no address."""

import secrets
from dataclasses import asdict, dataclass

from django.core import signing

from visita.clients.contacts import Contact
from visita.foundation import clock

_SALT = "visita.front.code"
_LIFE = 3600  # seconds; the code itself lives ten minutes
PAUSE = 30  # seconds before another code may be asked for by the same page


@dataclass(frozen=True, slots=True)
class Note:
    """`challenge` binds the code to this page; `about` is the client whose contact changes (0 = nobody's)."""

    organization: int
    purpose: str
    kind: str
    value: str
    challenge: str
    at: int
    about: int = 0

    @property
    def contact(self) -> Contact:
        """Whom the code was sent to."""
        return Contact("phone" if self.kind == "phone" else "email", self.value)

    @property
    def early(self) -> int:
        """Seconds until another code may be asked for."""
        return max(0, self.at + PAUSE - int(clock.now().timestamp()))

    def signed(self) -> str:
        """As it stands in the form."""
        return signing.dumps(asdict(self), salt=_SALT, compress=True)


def new(organization: int, purpose: str, contact: Contact, about: int = 0) -> Note:
    """A note with a challenge of its own."""
    now = int(clock.now().timestamp())
    return Note(organization, purpose, contact.kind, contact.value, secrets.token_urlsafe(16), now, about)


def read(value: str, organization: int, *purposes: str) -> Note | None:
    """The note of a form; None when forged, older than an hour, another organization's or of another purpose."""
    try:
        note = Note(**signing.loads(value, salt=_SALT, max_age=_LIFE))
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return note if note.organization == organization and note.purpose in purposes else None
