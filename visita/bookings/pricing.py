"""The price of an appointment: the list price, then what the port `price` makes of it (decision 28)."""

from dataclasses import replace
from typing import Any

from visita.bookings import ports
from visita.bookings.models import Appointment
from visita.bookings.ports import Quote
from visita.bookings.requests import Placed
from visita.bookings.rules import Rules

PROMOTION = "promotion"


def quoted(found: Rules, service_id: int, resource_id: int | None, s: int, client_id: int = 0) -> Quote:
    """The price of a service that starts at epoch minute `s`; `client_id` 0 where nobody is known yet."""
    service = found.service(service_id)
    price, source = service.price(resource_id)
    quote = Quote(found, service, resource_id, s, client_id, price, source)
    for change in ports.price:
        quote = change(quote)
    return quote


def by_promotion(quote: Quote) -> Quote:
    """The lowest of the promotions valid at the start, where it is lower; the line names it."""
    at = quote.found.local(quote.s)
    offers = [
        (price, promotion.name_in(quote.found.language))
        for promotion in quote.service.promotions
        if promotion.holds(at) and (price := promotion.price(quote.price_minor)) is not None
    ]
    best = min(offers, default=None)
    if best is None or (quote.price_minor is not None and best[0] >= quote.price_minor):
        return quote
    return replace(quote, price_minor=best[0], source=f"{PROMOTION}: {best[1]}"[:40])


def is_promotion(source: str) -> bool:
    """Whether a price line came from a promotion."""
    return source.startswith(f"{PROMOTION}:")


def moved(found: Rules, appointment: Appointment, to: Placed, client_id: int) -> dict[str, Any]:
    """The price columns that change with a move: only into or out of a promotion's hours.

    What was agreed stays otherwise, whatever the list says by now (decision 28).
    """
    quote = quoted(found, to.service_id, to.resource_id, to.s, client_id)
    was, now = is_promotion(appointment.price_source), is_promotion(quote.source)
    if (was or now) and quote.source != appointment.price_source:
        return {"price_minor": quote.price_minor, "price_source": quote.source}
    return {}
