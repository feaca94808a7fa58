"""Hours as people type them, "9-12:30, 13:00–17", and as they are shown."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from visita.foundation.errors import Refusal
from visita.scheduling import policies

_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?", re.ASCII)
MOST = 48  # times a day that anybody would write
LONGEST = 1000  # characters: all of them, with room


def read(text: str, field: str = "hours") -> tuple[tuple[int, int], ...]:
    """Minutes of the day, ascending; nothing typed is no hours. Refuses bad_hours (also more than MOST), bad_interval, interval_overlap."""
    found: list[list[int]] = []
    parts = [part for part in re.split(r"[,;]", text[: LONGEST + 1]) if part.strip()]
    if len(text) > LONGEST or len(parts) > MOST:
        raise _too_many(field)
    for part in parts:
        match = _SPAN.fullmatch(part.strip())
        if match is None:
            raise _bad(field)
        found.append([_minute(match[1], match[2], field), _minute(match[3], match[4], field)])
    return tuple((start, end) for start, end in policies.intervals(found))


def shown(intervals: Sequence[Sequence[int]]) -> str:
    """As `read` takes them."""
    return ", ".join(f"{clock(start)}–{clock(end)}" for start, end in intervals)


def clock(minute: int) -> str:
    """9:00, also 24:00."""
    return f"{minute // 60}:{minute % 60:02d}"


def _minute(hours: str, minutes: str | None, field: str) -> int:
    found = int(hours) * 60 + int(minutes or 0)
    if int(minutes or 0) > 59 or found > policies.DAY:
        raise _bad(field)
    return found


def _too_many(field: str) -> Refusal:
    text = _("A day has at most %(most)s times of work. Join some of them; nothing was changed.")
    return Refusal("bad_hours", 422, text % {"most": MOST}, field=field)


def _bad(field: str) -> Refusal:
    text = _("Write hours like 9:00–12:30, 13:00–17:00. Work past midnight is entered on both days.")
    return Refusal("bad_hours", 422, text, field=field)
