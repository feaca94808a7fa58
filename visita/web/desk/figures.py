"""The figures above the journal; each leads to the table that lists what it counts."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from visita.web.desk.frame import Frame

Fields = dict[str, Any]


def figures(place: Frame, stats: Fields, first: date, last: date) -> Fields:
    """`stats` of the days first..last with money and lengths as the reader writes them, and the addresses behind them."""
    found: Fields = {"stats": stats, "free": place.formats.length(stats["free"])}
    if "revenue" in stats:
        currency = stats["currency"] or place.profile.currency
        found["revenue"] = place.formats.price(stats["revenue"], currency)
        found["booked_sum"] = place.formats.price(stats["booked"], currency)
    return {**found, "reports": _reports(place, first, last)}


def _reports(place: Frame, first: date, last: date) -> dict[str, str]:
    days = {"from": first.isoformat(), "to": last.isoformat(), "location": place.location.pk}
    table = place.url("table")
    month = urlencode({"location": place.location.pk, "date": first.isoformat()})
    return {
        "revenue": f"{table}?{urlencode({**days, 'status': 'completed'})}",
        "visits": f"{table}?{urlencode(days)}",
        "free": f"{place.url('month')}?{month}",
    }
