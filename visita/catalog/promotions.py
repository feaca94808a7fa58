"""Promotions as pure rules: when they hold, what they make of a price, and in which hours they bind clients."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from visita.catalog.models import Promotion
from visita.foundation.words import text


@dataclass(frozen=True, slots=True)
class PromotionRule:
    """A promotion ready to ask. Dates are inclusive, `weekdays` empty = every day, minutes of the wall clock."""

    id: int
    name: Mapping[str, str]
    price_minor: int | None
    percent: int | None
    valid_from: date
    valid_to: date | None
    weekdays: tuple[int, ...]
    start: int
    end: int
    only: bool

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Self:
        """From the row as JSON has it."""
        until = row["valid_to"]
        return cls(
            row["id"], row["name"], row["price_minor"], row["percent"], date.fromisoformat(row["valid_from"]),
            date.fromisoformat(until) if until else None, tuple(row["weekdays"]), row["start"], row["end"],
            row["only"],
        )  # fmt: skip

    @classmethod
    def of(cls, row: Promotion) -> Self:
        """From the row itself."""
        return cls(
            row.pk, row.name, row.price_minor, row.percent, row.valid_from, row.valid_to, tuple(row.weekdays),
            row.start, row.end, row.only,
        )  # fmt: skip

    def on(self, day: date) -> bool:
        """Whether it is valid at some hour of a local date."""
        within = self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
        return within and (not self.weekdays or day.weekday() in self.weekdays)

    def holds(self, at: datetime) -> bool:
        """Whether a visit that starts then (on the location's wall clock) has its price."""
        return self.on(at.date()) and self.start <= at.hour * 60 + at.minute < self.end

    def price(self, listed: int | None) -> int | None:
        """Its price in minor units; percent are taken off the list price, rounded half up. None without either."""
        if self.price_minor is not None:
            return self.price_minor
        if listed is None or self.percent is None:
            return None
        return (listed * (100 - self.percent) + 50) // 100

    def name_in(self, language: str) -> str:
        """Its name."""
        return text(self.name, language, language)


def limiting(promotions: Sequence[PromotionRule]) -> list[PromotionRule] | None:
    """The promotions outside of whose hours clients cannot book the service; None where there is no such limit.

    A service that is offered by promotion only stays so when the last one has ended.
    """
    if not any(promotion.only for promotion in promotions):
        return None
    return list(promotions)
