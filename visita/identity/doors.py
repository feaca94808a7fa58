"""How often one address may knock at the doors that need no key: the API's and the client's pages' count together.

Settings: RATE_LIMITS switches all off, API_LIMITS replaces single entries of `DEFAULTS`.
"""

from collections.abc import Mapping
from typing import Literal

from django.conf import settings

from visita.identity import rate

Kind = Literal["read", "hold", "book", "manage"]

DEFAULTS: Mapping[str, tuple[int, int]] = {  # at most so many, in so many minutes
    "read": (600, 1),
    "hold": (60, 10),
    "book": (10, 60),
    "manage": (60, 10),
}


def limit(kind: Kind) -> rate.Limit | None:
    """The limit of a kind of request; None where limits are off."""
    if not getattr(settings, "RATE_LIMITS", True):
        return None
    most, minutes = getattr(settings, "API_LIMITS", {}).get(kind) or DEFAULTS[kind]
    return rate.Limit(most, minutes)


def knock(kind: Kind, slug: str, neighbourhood: str) -> None:
    """Count a request of an address at an organization; refuses slow_down over the limit."""
    if (most := limit(kind)) is not None:
        rate.hit_at(most, slug, f"api {kind}", neighbourhood)


def forgive(kind: Kind, slug: str, neighbourhood: str) -> None:
    """Take the count back: the request was refused, or its answer was told again."""
    if (most := limit(kind)) is not None:
        rate.forgive(most, slug, f"api {kind}", neighbourhood)
