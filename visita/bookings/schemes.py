"""Public health or private: which mark a visit gets (BK-11)."""

from visita.bookings import errors
from visita.bookings.models import Scheme
from visita.bookings.requests import BookRequest
from visita.bookings.rules import Rules
from visita.tenancy import settings

settings.declare("schemes", bool, False)  # whether visits are marked at all
settings.declare("scheme", str, Scheme.PRIVATE.value, 0, 8, lambda value: value in Scheme.values)


def chosen(found: Rules, request: BookRequest) -> str:
    """The mark asked for, else the one set for the first service (or its specialty, location, organization).

    Empty where the organization marks nothing. Refuses not_a_choice.
    """
    if not found.setting("schemes"):
        return ""
    return (
        checked(request.scheme)
        if request.scheme
        else str(found.setting("scheme", found.services[request.items[0].service_id]))
    )


def checked(scheme: str) -> str:
    """A known mark; refuses not_a_choice."""
    if scheme not in Scheme.values:
        raise errors.bad_scheme()
    return scheme
