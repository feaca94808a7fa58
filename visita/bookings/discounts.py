"""Discounts of a visit: its lines, what each takes off, and how much of it falls on each service. Minor units throughout.

A percentage is of the sum of prices before any discount; all lines together never take off more than that sum. The shares
are kept with the appointments, so that revenue, reports and pay add up columns and nothing else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from visita.bookings.models import Appointment, Visit


@dataclass(frozen=True, slots=True)
class Discount:
    """One line: either `percent` (1 to 100) or `amount`; why, by whom, and when (ISO). `number` names it in its visit."""

    number: int
    percent: int | None
    amount: int | None
    reason: str
    by: str
    at: str

    def worth(self, gross: int) -> int:
        """What it takes off a sum, halves rounded up."""
        return self.amount or 0 if self.percent is None else (gross * self.percent + 50) // 100

    def as_json(self) -> dict[str, Any]:
        """As the visit keeps it."""
        return asdict(self)


def read(rows: Iterable[Mapping[str, Any]]) -> list[Discount]:
    """The lines of `Visit.discounts`."""
    return [Discount(**row) for row in rows]


def gross(visit: Visit, parts: Iterable[Appointment]) -> int:
    """The prices of all services and places before discounts; a service without a price counts nothing."""
    return sum(part.price_minor or 0 for part in parts) * visit.seats


def total(lines: Iterable[Discount], whole: int) -> int:
    """What all lines take off a sum together, at most the sum."""
    return min(whole, sum(line.worth(whole) for line in lines))


def shares(lines: Sequence[Discount], sums: Sequence[int]) -> list[int]:
    """How much of it falls on each of the sums, in proportion; what rounding leaves goes to those that lost most by it."""
    whole = sum(sums)
    off = total(lines, whole)
    if not off:
        return [0] * len(sums)
    found = [one * off // whole for one in sums]
    lost = sorted(range(len(sums)), key=lambda at: (-(sums[at] * off % whole), at))
    for at in lost[: off - sum(found)]:
        found[at] += 1
    return found


def spread(visit_id: int, event: int) -> None:
    """Write each appointment's share anew, after its prices or the lines changed; inside the act's transaction."""
    visit = Visit.objects.get(pk=visit_id)
    parts = list(Appointment.objects.filter(visit_id=visit_id).order_by("position", "id"))
    sums = [(part.price_minor or 0) * visit.seats for part in parts]
    for part, share in zip(parts, shares(read(visit.discounts), sums), strict=True):
        if part.discount_minor != share:
            Appointment.objects.filter(pk=part.pk).update(discount_minor=share, activity_id=event)
