"""What came free, as far as an event tells: where, and between which minutes; the rest is the engine's to say."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from visita.activity.outbox import Event
from visita.bookings import verbs
from visita.bookings.models import Visit, Waiting
from visita.foundation import clock
from visita.scheduling import verbs as calendar
from visita.tenancy import queries
from visita.tenancy.models import Location

# what ends in free time, each with what its event says of when
VERBS = frozenset(
    {
        verbs.CANCELLED,
        verbs.MOVED,
        verbs.EXCHANGED,
        verbs.RESTORED,
        verbs.BROUGHT_BACK,
        verbs.CHOICE_ENDED,
        verbs.CHOICE_TAKEN,
        verbs.SESSION_ADDED,
        verbs.HOLDS_RUN_OUT,
        verbs.OFFER_ENDED,
        calendar.WORKING_TIME_SET,
        calendar.EXCEPTION_SET,
        calendar.EXCEPTION_REMOVED,
        calendar.UNBLOCKED,
    }
)


@dataclass(frozen=True, slots=True)
class Freed:
    """At a location, epoch minutes from..to; both None where the event does not tell. `by`: the entry of the waitlist that
    let it go, to which it is nothing new."""

    location_id: int
    s: int | None = None
    e: int | None = None
    by: int | None = None

    def frees(self, waiting_id: int, s: int, e: int) -> bool:
        """Whether [s, e) came free for an entry: it lies over the span, or a day's hours changed (a span of no length)."""
        if self.by == waiting_id:
            return False
        return self.s is None or self.e is None or self.s == self.e or (s < self.e and e > self.s)

    def days(self, zone: ZoneInfo, today: date) -> tuple[date, date]:
        """The local dates to look at; from today on, a year where nothing is told."""
        if self.s is None or self.e is None:
            return today, today + timedelta(days=366)
        first = clock.from_minute(self.s).astimezone(zone).date()
        last = clock.from_minute(self.e).astimezone(zone).date()
        return max(first, today), last

    def payload(self) -> dict[str, Any]:
        """As an errand carries it."""
        return {"s": self.s, "e": self.e, "by": self.by}


def freed(event: Event) -> list[Freed]:
    """Where an event may have freed time; nothing where nobody waits there."""
    told = _told(event)
    waited = set(
        Waiting.objects.filter(status="waiting", location_id__in=[each.location_id for each in told])
        .values_list("location_id", flat=True)
        .distinct()
    )
    by = event.object_id if event.verb == verbs.OFFER_ENDED else None
    return [replace(each, by=by) for each in told if each.location_id in waited]


def _told(event: Event) -> list[Freed]:
    payload = event.payload
    if event.object_kind == "visit":
        return _of_visit(event)
    where = payload.get("location")
    if isinstance(where, int) and "date" in payload:
        return [_of_date(where, date.fromisoformat(payload["date"]))]
    if isinstance(where, int):
        return [Freed(where, payload.get("s"), payload.get("e", payload.get("s")))]
    return [Freed(each.pk) for each in queries.locations()]


def _of_date(location_id: int, day: date) -> Freed:
    """A day whose hours changed; the minute of its noon stands for it."""
    noon = int(datetime.combine(day, time(12), zone_of(location_id)).timestamp()) // 60
    return Freed(location_id, noon, noon)


def _of_visit(event: Event) -> list[Freed]:
    """A cancelled visit's span; of a move the place it came from, also at the branch it left; of
    times kept to choose from what the event says."""
    if isinstance(event.payload.get("location"), int):
        return [Freed(event.payload["location"], event.payload.get("s"), event.payload.get("e"))]
    visit = Visit.objects.filter(pk=event.object_id).first()
    if visit is None:
        return []
    before = event.payload.get("before")
    if event.verb not in (verbs.MOVED, verbs.EXCHANGED) or not isinstance(before, list) or not before:
        return [Freed(visit.location_id, visit.s, visit.e)]
    where = event.payload.get("location", [visit.location_id])[0]
    return [Freed(where, min(part["s"] for part in before), max(part["e"] for part in before))]


def zone_of(location_id: int) -> ZoneInfo:
    """The location's wall clock; in a scope."""
    return ZoneInfo(Location.objects.values_list("zone", flat=True).get(pk=location_id))
