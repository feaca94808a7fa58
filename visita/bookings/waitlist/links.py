"""The link by which one who waits sees, answers and leaves."""

from visita.bookings import errors, signed
from visita.bookings.models import Waiting

_KIND = "waitlist"


def token(code: str) -> str:
    """The secret part of the link to an entry of the running scope."""
    return signed.secret(_KIND, code)


def opened(code: str, given: str) -> Waiting:
    """The entry a link opens; refuses link_invalid alike for wrong and unknown ones."""
    known = signed.real(_KIND, code, given)
    found = Waiting.objects.filter(code=known).first() if known else None
    if found is None:
        raise errors.link_invalid()
    return found


def hold_token(offer_code: str, public_id: str, minute: int) -> str:
    """The token of the hold that keeps an offer, reckoned again when it is accepted (`holds.mint` has its form)."""
    return f"{public_id}-{signed.secret(_KIND, offer_code)}.{minute}"
