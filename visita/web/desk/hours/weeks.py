"""A person's weekly hours in one line of words: "Mon–Fri 9:00–17:00; Sat 9:00–13:00, from 1 Dec"."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visita.scheduling import policies
from visita.scheduling.policies import Pattern
from visita.web.components.formats import Formats
from visita.web.desk.hours import typed

_MONDAY = date(2024, 1, 1)


def told(rows: Sequence[Sequence[Any]], today: date, formats: Formats) -> str:
    """What `policies.as_rows` kept, those ended before `today` left out; "off" where nothing is left."""
    plans: dict[tuple[date, date | None, int], list[Pattern]] = defaultdict(list)
    for row in policies.of_rows(rows):
        if row.valid_to is None or row.valid_to >= today:
            plans[row.valid_from, row.valid_to, row.every_weeks].append(row)
    lines = [
        _line(found, since if since > today else None, until, every, formats)
        for (since, until, every), found in sorted(plans.items(), key=lambda item: item[0][0])
    ]
    return "; ".join(lines) or _("off")


def _line(
    rows: Iterable[Pattern], since: date | None, until: date | None, every: int, formats: Formats
) -> str:
    words = [", ".join(_days(rows, formats))]
    if every > 1:
        words.append(ngettext("every %(n)d week", "every %(n)d weeks", every) % {"n": every})
    if since:
        words.append(_("from %(day)s") % {"day": formats.day(since)})
    if until:
        words.append(_("until %(day)s") % {"day": formats.day(until)})
    return ", ".join(words)


def _days(rows: Iterable[Pattern], formats: Formats) -> list[str]:
    """Neighbouring days of the same hours as one."""
    hours: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in rows:
        hours[row.weekday].append((row.start, row.end))
    runs: list[tuple[int, int, str]] = []
    for weekday in sorted(hours):
        text = typed.told(sorted(hours[weekday]), formats)
        if runs and runs[-1][1] == weekday - 1 and runs[-1][2] == text:
            runs[-1] = (runs[-1][0], weekday, text)
        else:
            runs.append((weekday, weekday, text))
    return [f"{_run(first, last, formats)} {text}" for first, last, text in runs]


def _run(first: int, last: int, formats: Formats) -> str:
    names = [formats.weekday(_MONDAY + timedelta(each)) for each in (first, last)]
    return names[0] if first == last else "–".join(names)
