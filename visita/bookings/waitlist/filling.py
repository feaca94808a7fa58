"""Going through those who wait when time has come free: first whose visit would come earlier, then staff's order, then age.

Nobody is offered what the engine does not offer at that moment, each gets one offer at a time, and whoever gets none has
the reason written down. Who let an offer pass is offered that day again only what came free since, and after three in a row
nothing more by itself. Bounded: so many people at once, and the same question is asked of the engine once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from visita.bookings import repeating, rules
from visita.bookings.actions.offer import Time, offer
from visita.bookings.availability import Start
from visita.bookings.models import Offer, OfferStatus, Visit, Waiting
from visita.bookings.policies import MOVABLE
from visita.bookings.waitlist import queries, reasons
from visita.bookings.waitlist.freed import Freed, zone_of
from visita.bookings.waitlist.matching import Look
from visita.bookings.waitlist.rules import BY_STAFF
from visita.foundation import clock
from visita.foundation.actor import SYSTEM
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope

SILENT: Final = 3  # offers in a row that nobody answered
MOST: Final = 100  # entries one errand looks at; the next errand goes on behind them


@dataclass(slots=True)
class Round:
    """One going-through: what it found, and where it stopped (0 = nobody was left)."""

    organization_id: int
    freed: Freed
    zone: ZoneInfo
    first: date
    last: date
    asked: bool = False  # by the one who waits, who has just joined or changed the wish
    look: Look = field(default_factory=Look)
    offered: int = 0


def fill(organization_id: int, freed: Freed, *, only: int | None = None, after: int = 0) -> tuple[int, int]:
    """Offer what is free to those who wait for it; how many offers were made, and after how many entries it stopped (0 =
    at the end). `only` is one entry. Every offer is a transaction of its own."""
    with scope(organization_id):
        zone = zone_of(freed.location_id)
        first, last = freed.days(zone, clock.now().astimezone(zone).date())
        people = queries.line(freed.location_id, first, last, only=only)[after : after + MOST + 1]
    turn = Round(organization_id, freed, zone, first, last, asked=only is not None)
    for waiting in people[:MOST]:
        _serve(turn, waiting)
    return turn.offered, after + MOST if len(people) > MOST else 0


def quiet_until(organization_id: int, location_id: int) -> datetime | None:
    """When the hours begin in which offers are made by themselves; None within them."""
    with scope(organization_id):
        found = rules.load(location_id, ())
    start, end = found.setting("waitlist_hours")
    local = clock.now().astimezone(found.zone)
    minute = local.hour * 60 + local.minute
    if start <= minute < end:
        return None
    day = local.date() if minute < start else local.date() + timedelta(days=1)
    return clock.from_minute(repeating.minute(day, time(*divmod(start, 60)), found.zone))


def _serve(turn: Round, waiting: Waiting) -> None:
    """One offer to one who waits, or the reason why not."""
    for _attempt in range(2):  # once more where somebody was faster
        with scope(turn.organization_id):
            found = _chosen(turn, waiting)
            if isinstance(found, Skipped):
                reasons.keep(waiting.pk, found.day, found.reason, found.details)
                return
        try:
            offer(turn.organization_id, waiting.pk, found, SYSTEM)
        except Refusal as refusal:
            turn.look.forget()
            if refusal.code != "slot_taken":
                return
            continue
        turn.offered += 1
        turn.look.forget()
        return
    with scope(turn.organization_id):
        reasons.keep(waiting.pk, turn.first, reasons.FASTER)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Why there is no offer."""

    reason: str
    day: date
    details: tuple[str, ...] = ()


def _chosen(turn: Round, waiting: Waiting) -> Time | Skipped:
    """The first wanted start that was not refused before, nor let pass with its day."""
    visit = _visit(waiting)
    day = max(turn.first, waiting.first_day)
    if (hindrance := _hindrance(waiting, visit)) is not None:
        return Skipped(hindrance, day)
    starts = turn.look.fitting(waiting, visit, turn.zone, turn.first, turn.last)
    if not starts:
        return _nothing(turn, waiting, visit, day)
    before = _answers(waiting)
    if _silent(waiting) and not turn.asked:
        return Skipped(reasons.UNANSWERED, day)
    wanted = next((start for start in starts if _open(turn, waiting, start, before)), None)
    if wanted is None:
        return Skipped(reasons.ANSWERED, day)
    if _mode(waiting) == BY_STAFF:
        return Skipped(reasons.BY_STAFF, _day(turn, wanted.start))
    if why := reasons.unreachable(waiting.client_id):  # nobody keeps a time they do not hear of
        return Skipped(why, _day(turn, wanted.start))
    return time_of(waiting, wanted)


def time_of(waiting: Waiting, start: Start, *, staff: bool = False) -> Time:
    """A start of the engine's as an offer of what is waited for; who was not named is chosen when it is made."""
    begins = [item.start for item in start.items] or [start.start]
    who = [one["resource"] for one in waiting.items]
    if start.items:  # a combination: each as it was fitted in
        who = [item.resource_id for item in start.items]
    rows = zip(waiting.items, who, begins, strict=True)
    items = tuple((one["service"], resource, clock.from_minute(at)) for one, resource, at in rows)
    return Time(clock.from_minute(start.start), items, staff)


def _visit(waiting: Waiting) -> Visit | None:
    return Visit.objects.filter(pk=waiting.visit_id).first() if waiting.visit_id else None


def _hindrance(waiting: Waiting, visit: Visit | None) -> str | None:
    if Offer.objects.filter(waiting_id=waiting.pk, status=OfferStatus.OPEN).exists():
        return reasons.OFFERED
    if visit is not None and (visit.status not in MOVABLE or visit.s <= clock.minute()):
        return reasons.NOT_EARLIER
    return None


def _nothing(turn: Round, waiting: Waiting, visit: Visit | None, day: date) -> Skipped:
    """Why there was no start: another part of the day, no earlier one, somebody in front, or what the engine says."""
    free = turn.look.free(waiting, turn.first, turn.last)
    if free and visit is not None:
        return Skipped(reasons.NOT_EARLIER, day)
    if free:
        return Skipped(reasons.WINDOW, day)
    if turn.offered:
        return Skipped(reasons.IN_TURN, day)
    told = tuple(turn.look.why(waiting, turn.freed.s)) if turn.freed.s is not None else ()
    return Skipped(reasons.NO_TIME, day, told)


_Answer = tuple[int, str]
"""The start of an offer that has ended, and how."""


def _answers(waiting: Waiting) -> list[_Answer]:
    """What this one said to the offers so far, in order; those that were lost to others are no answers."""
    no = (OfferStatus.DECLINED, OfferStatus.EXPIRED)
    ended = Offer.objects.filter(waiting_id=waiting.pk, status__in=no).order_by("id")
    return list(ended.values_list("s", "status"))


def _silent(waiting: Waiting) -> bool:
    """Whether the last offers since the entry was changed ended without an answer."""
    ended = Offer.objects.filter(waiting_id=waiting.pk, activity_id__gt=waiting.activity_id or 0)
    answers = ended.filter(status__in=(OfferStatus.DECLINED, OfferStatus.EXPIRED)).order_by("-id")
    last = list(answers.values_list("status", flat=True)[:SILENT])
    return len(last) == SILENT and set(last) == {OfferStatus.EXPIRED}


def _open(turn: Round, waiting: Waiting, start: Start, answers: Sequence[_Answer]) -> bool:
    """Whether the start may be offered to who gave these answers."""
    if any(start.start == refused for refused, _status in answers):
        return False
    passed = {_day(turn, minute) for minute, status in answers if status == OfferStatus.EXPIRED}
    return (
        _day(turn, start.start) not in passed
        or turn.asked
        or turn.freed.frees(waiting.pk, start.start, start.end)
    )


def _day(turn: Round, minute: int) -> date:
    return clock.from_minute(minute).astimezone(turn.zone).date()


def _mode(waiting: Waiting) -> str:
    services = tuple(one["service"] for one in waiting.items)
    found = rules.load(waiting.location_id, services, archived=True)
    service: Any = found.services.get(services[0])
    return str(found.setting("waitlist_mode", service))
