"""A day on which the clocks change, told above its times where one of them is near the change."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from visita.bookings.availability import Start
from visita.foundation import clock
from visita.web.components.formats import Formats

_STEP = timedelta(minutes=30)  # no zone changes between
_NEAR = 60  # minutes after the change in which it is still told


def told(day: date, starts: Sequence[Start], zone: ZoneInfo, formats: Formats) -> str:
    """The sentence; empty on all other days, and where everything begins later (`starts` in their order)."""
    changed = _change(day, zone)
    if changed is None or not starts or starts[0].start > clock.to_minute(changed) + _NEAR:
        return ""
    old = (changed - _STEP).astimezone(zone)
    new = changed.astimezone(zone)
    was = old.replace(tzinfo=None) + _STEP
    words = {"was": formats.time(was), "now": formats.time(new.replace(tzinfo=None))}
    if new.replace(tzinfo=None) > was:
        return _("The clocks go forward on this day: %(was)s is at once %(now)s.") % words
    words |= {"before": str(old.tzname())}
    return (
        _(
            "The clocks go back on this day: %(was)s is at once %(now)s. Times marked %(before)s come before that."
        )
        % words
    )


def _change(day: date, zone: ZoneInfo) -> datetime | None:
    """The instant at which the offset changes within a local date."""
    begin = datetime.combine(day, time(), zone).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
    if begin.astimezone(zone).utcoffset() == end.astimezone(zone).utcoffset():
        return None
    moments = (begin + _STEP * count for count in range(int((end - begin) / _STEP) + 1))
    first = begin.astimezone(zone).utcoffset()
    return next(each for each in moments if each.astimezone(zone).utcoffset() != first)
