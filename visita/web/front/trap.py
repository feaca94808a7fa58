"""Guards of the last form against programs: a field nobody sees, a press faster than hands are, so many an hour.

What looks like a program is asked to press again and loses nothing: a person never meets a riddle here.
"""

import time

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from visita.foundation.errors import Refusal
from visita.identity import doors, rate
from visita.identity.origin import neighbourhood
from visita.web.front.place import Place

FIELD = "website"  # programs fill in whatever sounds like this
HASTE = 2  # seconds nobody needs less than, from the form's making to its sending
FEW = rate.Limit(3, 60)  # hasty presses of one address that pass


def require_person(request: HttpRequest, place: Place) -> None:
    """Refuses too_fast where a program seems to press, slow_down over the address's limit of bookings."""
    if request.POST.get(FIELD) or _hasty_again(request, place):
        raise too_fast()
    doors.knock("book", place.organization.slug, neighbourhood(request))


def _hasty_again(request: HttpRequest, place: Place) -> bool:
    """Whether this address keeps pressing faster than hands: browsers fill forms by themselves, so a few may."""
    haste = getattr(settings, "FRONT_HASTE", HASTE) if doors.limit("book") else 0
    if _age(request.POST.get("flow", "")) >= haste:
        return False
    try:
        rate.hit(FEW, place.id, "haste", neighbourhood(request))
    except Refusal:
        return True
    return False


def forgive(request: HttpRequest, place: Place) -> None:
    """What booked nothing uses nothing up."""
    doors.forgive("book", place.organization.slug, neighbourhood(request))


def count_hold(request: HttpRequest, place: Place) -> None:
    """Refuses slow_down over the address's limit of tapped times."""
    doors.knock("hold", place.organization.slug, neighbourhood(request))


def too_fast() -> Refusal:
    """429: nothing was booked; the same press again is all it takes."""
    text = _(
        "That was quicker than we expected of a person. Nothing was booked yet: press the button once more."
    )
    return Refusal("too_fast", 429, text, retry_after=HASTE)


def _age(note: str) -> float:
    """Seconds since the form was made: its signed note carries the time."""
    try:
        return time.time() - signing.b62_decode(note.rsplit(":", 2)[1])
    except (IndexError, ValueError):
        return HASTE
