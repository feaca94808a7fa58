"""Reads of the funnel."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from visita.marketing.funnel import STEPS
from visita.marketing.models import FunnelStep


@dataclass(frozen=True, slots=True)
class Counted:
    """Sums by step in the order of STEPS, for one `name` (a door, a day, or all)."""

    name: str
    steps: tuple[int, ...]

    @property
    def share(self) -> float | None:
        """Booked of those who came in; None when nobody did."""
        return self.steps[-1] / self.steps[0] if self.steps[0] else None


def by(field: str, first: date, last: date) -> list[Counted]:
    """The funnel of the dates `first` to `last`, inclusive, by `door`, `day`, `device`, `language` or `channel`."""
    rows = FunnelStep.objects.filter(day__gte=first, day__lte=last).values_list(field, "step")
    sums: dict[str, dict[str, int]] = defaultdict(dict)
    for name, step, count in rows.annotate(total=Sum("count")):
        sums[str(name)][step] = count
    return [
        Counted(name, tuple(found.get(step, 0) for step in STEPS)) for name, found in sorted(sums.items())
    ]


def total(counted: list[Counted]) -> Counted:
    """All of them together."""
    columns = zip(*(one.steps for one in counted), strict=True) if counted else ((0,) for _ in STEPS)
    return Counted("", tuple(sum(column) for column in columns))
