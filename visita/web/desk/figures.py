"""The figures above the journal; each leads to the table that lists what it counts."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from visita.web.desk.frame import Frame

Fields = dict[str, Any]


def figures(place: Frame, stats: Fields, first: date, last: date, *, everywhere: bool = False) -> Fields:
    """`stats` of the days first..last with money and lengths as the reader writes them, and the addresses behind them;
    those of the frame's location, or of all."""
    found: Fields = {"stats": stats, "free": place.formats.length(stats["free"])}
    if "revenue" in stats:
        currency = stats["currency"] or place.profile.currency
        found["revenue"] = place.formats.price(stats["revenue"], currency)
        found["booked_sum"] = place.formats.price(stats["booked"], currency)
    return {**found, "reports": _reports(place, first, last, everywhere)}


def bar(context: Fields) -> dict[str, str]:
    """The figures as they stand above, by the ids of their places: a board that is brought up to date brings them along."""
    stats = context["stats"]
    found = {"stat-visits": str(stats["visits"]), "stat-free": context["free"]}
    found["stat-done"] = str(_("%(done)s done") % {"done": stats["done"]})
    found["stat-filled"] = str(_("%(filled)s%% filled") % {"filled": stats["filled"]})
    if "revenue" in context:
        found["stat-revenue"] = context["revenue"]
        found["stat-booked"] = str(_("of %(booked_sum)s booked") % {"booked_sum": context["booked_sum"]})
    return found


def _reports(place: Frame, first: date, last: date, everywhere: bool) -> dict[str, str]:
    days: Fields = {"from": first.isoformat(), "to": last.isoformat()}
    days |= {} if everywhere else {"location": place.location.pk}
    table = place.url("table")
    month = urlencode({"location": place.location.pk, "date": first.isoformat()})
    return {
        "revenue": f"{table}?{urlencode({**days, 'status': 'completed'})}",
        "visits": f"{table}?{urlencode(days)}",
        "free": f"{place.url('month')}?{month}",
    }
