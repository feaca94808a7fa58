"""Refusals of series: a rule without sense, dates that are gone, and what a change of them all leaves alone."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from visita.foundation.errors import Refusal


def bad_series(why: str, limit: int) -> Refusal:
    """422: a rule for repeating without sense; `why` says which part, `limit` is the most or least possible."""
    messages = {
        "endless": _("Say how many visits, or until which date."),
        "two_ends": _("Say either how many visits or until which date, not both."),
        "too_few": _("A series has at least %(limit)s visits. Nothing was booked."),
        "too_many": _("A series has at most %(limit)s visits. Nothing was booked."),
        "too_long": _("Within two years there is room for %(limit)s visits. Nothing was booked."),
        "every": _("It can repeat every 1 to %(limit)s."),
        "weekdays": _("Choose days of the week."),
        "not_allowed": _("This service cannot be repeated online."),
        "in_series": _("This visit belongs to a series already."),
        "plan": _("The dates are not those that were shown. Look at them again; nothing was booked."),
    }
    return Refusal("bad_series", 422, messages[why] % {"limit": limit}, field="repeat", why=why, limit=limit)


def series_conflict(lost: list[dict[str, Any]]) -> Refusal:
    """409: dates of a series that are not free as they were shown; nothing was saved. `dates` lists them."""
    message = ngettext_lazy(
        "%(count)s of the dates is not free any more. Nothing was saved; look at the dates again.",
        "%(count)s of the dates are not free any more. Nothing was saved; look at the dates again.",
        "count",
    ) % {"count": len(lost)}
    return Refusal("series_conflict", 409, message, dates=lost)


def visit_stays(field: str) -> Refusal:
    """422: what was sent of a visit is not what it has; changing a series moves its visits and nothing else."""
    message = _(
        "A change of the whole series moves its visits; services and lengths are changed in each visit."
    )
    return Refusal("series_moves_only", 422, message, field=field)
