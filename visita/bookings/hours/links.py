"""The link by which a client sees the times kept to choose from."""

from visita.bookings import errors, signed
from visita.bookings.models import Choice

_KIND = "choice"


def token(code: str) -> str:
    """The secret part of the link to a choice of the running scope."""
    return signed.secret(_KIND, code)


def opened(code: str, given: str) -> Choice:
    """The choice a link opens, also one that has ended; refuses link_invalid alike for wrong and unknown ones."""
    known = signed.real(_KIND, code, given)
    found = Choice.objects.filter(code=known).first() if known else None
    if found is None:
        raise errors.link_invalid()
    return found
