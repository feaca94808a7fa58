"""A wait as people are told it: a range, never a promise."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visita.bookings.queue_estimate import Estimate
from visita.foundation import clock
from visita.foundation.formats import Formats
from visita.web.waiting.door import Room

LONG = 90  # minutes from which a wait is told in hours


def wait(estimate: Estimate | None, formats: Formats) -> str:
    """now, up to 10 minutes, 25–40 min; or that the day has no place left."""
    if estimate is None:
        return _("no place left today")
    now = clock.next_minute()
    low, high = estimate.low - now, estimate.high - now
    if high <= 0:
        return _("now")
    if low <= 0:
        return ngettext("up to %(n)s minute", "up to %(n)s minutes", high) % {"n": high}
    if high < LONG:
        return _("%(low)s–%(high)s min") % {"low": low, "high": high}
    return f"{formats.length(low)} – {formats.length(high)}"


def times(estimate: Estimate | None, room: Room) -> str:
    """The same as times of day."""
    if estimate is None:
        return ""
    low, high = (clock.from_minute(m).astimezone(room.zone) for m in (estimate.low, estimate.high))
    return room.formats.span(low, high) if low != high else room.formats.time(low)
