"""What a visit comes to, with its discounts, as the panel shows it."""

from dataclasses import dataclass

from visita.bookings import discounts
from visita.bookings.journal_visit import Card
from visita.bookings.models import VisitStatus
from visita.identity import rights
from visita.web.desk.fields import discount_size
from visita.web.desk.frame import Frame


@dataclass(frozen=True, slots=True)
class Line:
    """A discount as the panel shows it: its size, what it takes off, why, and who gave it."""

    number: int
    size: str
    off: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Sum:
    """What a visit comes to, in words; empty where a price is not known. `may`: whether the reader gives discounts."""

    lines: tuple[Line, ...]
    before: str
    total: str
    may: bool


def told(card: Card, place: Frame) -> Sum:
    """The discounts of a visit with its sums."""
    visit, formats = card.visit, place.formats
    prices = [line.price_minor for line in card.lines]
    whole = sum(price or 0 for price in prices) * visit.seats
    lines = discounts.read(visit.discounts)
    currency = card.lines[0].currency if card.lines else place.profile.currency
    known = bool(prices) and None not in prices
    shown = tuple(
        Line(
            line.number,
            discount_size(line, place),
            formats.price(line.worth(whole), currency),
            line.reason,
            line.by,
        )
        for line in lines
    )
    open_ = visit.status not in (VisitStatus.CANCELLED, VisitStatus.NO_SHOW)
    return Sum(
        shown,
        formats.price(whole, currency) if known else "",
        formats.price(whole - discounts.total(lines, whole), currency) if known or lines else "",
        open_ and place.guest.may(rights.VISITS_DISCOUNT) and whole > 0,
    )
