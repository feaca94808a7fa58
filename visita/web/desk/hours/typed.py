"""Hours as people type them, "9-12:30, 13:00–17" or "9 am – 5:30 pm", and as they are shown."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from visita.foundation.errors import Refusal
from visita.foundation.formats import Formats
from visita.scheduling import policies

_END = r"(\d{1,2})(?:[:.](\d{2}))?(?:\s*([ap])\.?m\.?)?"
_SPAN = re.compile(rf"{_END}\s*[-–—]\s*{_END}", re.ASCII | re.IGNORECASE)
_SPACES = re.compile("[\u00a0\u202f\u2009]")
_EXAMPLE = "9:00–12:30, 13:00–17:00"  # as the sentences below have it
MOST = 48  # times a day that anybody would write
LONGEST = 1000  # characters: all of them, with room


def read(text: str, field: str = "hours") -> tuple[tuple[int, int], ...]:
    """Minutes of the day, ascending; nothing typed is no hours. Refuses bad_hours (also more than MOST), bad_interval, interval_overlap."""
    found: list[list[int]] = []
    parts = [part for part in re.split(r"[,;]", text[: LONGEST + 1]) if part.strip()]
    if len(text) > LONGEST or len(parts) > MOST:
        raise _too_many(field)
    for part in parts:
        match = _SPAN.fullmatch(_SPACES.sub(" ", part).strip())
        if match is None:
            raise _bad(field)
        start, end = (
            _minute(match[1], match[2], match[3], field),
            _minute(match[4], match[5], match[6], field),
        )
        found.append([start, end or (policies.DAY if match[6] else end)])
    return tuple((start, end) for start, end in policies.intervals(found))


def shown(intervals: Sequence[Sequence[int]]) -> str:
    """As `read` takes them, for programs."""
    return ", ".join(f"{clock(start)}–{clock(end)}" for start, end in intervals)


def told(intervals: Sequence[Sequence[int]], formats: Formats) -> str:
    """As the reader writes times; `read` takes them too."""
    return ", ".join(f"{formats.wall(start)}–{formats.wall(end)}" for start, end in intervals)


def example(sentence: str, formats: Formats) -> str:
    """A sentence with hours in it, as the reader writes them."""
    return sentence.replace(_EXAMPLE, told(((540, 750), (780, 1020)), formats))


def clock(minute: int) -> str:
    """9:00, also 24:00."""
    return f"{minute // 60}:{minute % 60:02d}"


def _minute(hours: str, minutes: str | None, half: str | None, field: str) -> int:
    hour = int(hours)
    if half and not 1 <= hour <= 12:
        raise _bad(field)
    if half:
        hour = hour % 12 + (12 if half in "pP" else 0)
    found = hour * 60 + int(minutes or 0)
    if int(minutes or 0) > 59 or found > policies.DAY:
        raise _bad(field)
    return found


def _too_many(field: str) -> Refusal:
    text = _("A day has at most %(most)s times of work. Join some of them; nothing was changed.")
    return Refusal("bad_hours", 422, text % {"most": MOST}, field=field)


def _bad(field: str) -> Refusal:
    text = _("Write hours like 9:00–12:30, 13:00–17:00. Work past midnight is entered on both days.")
    return Refusal("bad_hours", 422, text, field=field)
