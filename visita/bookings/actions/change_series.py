"""Change many visits of a series at once, as it was previewed: move them (time, weekday, person), or cancel them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from visita.activity.record import record
from visita.bookings import cases, consulting, errors, repeating, series_errors, series_locks, verbs
from visita.bookings.actions.cancel import cancel_within
from visita.bookings.actions.move import move_within, rules_of, wanted
from visita.bookings.consulting import Advice
from visita.bookings.locking import locked
from visita.bookings.models import Appointment, Place, Series, Turn, Visit
from visita.bookings.placing import Taken
from visita.bookings.requests import Item, MoveItem, MoveRequest
from visita.bookings.retrying import retrying
from visita.bookings.rules import Rules
from visita.bookings.series_change import Wish
from visita.bookings.series_plan import OF_TIME
from visita.bookings.series_requests import ChangedSeries, Shift, Span
from visita.bookings.wall import local
from visita.foundation import clock, scope, text
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal

Advices = dict[int, Advice]
_GIVE_UP = "DELETE FROM scheduling_allocation WHERE organization_id = %s AND appointment_id = ANY(%s)"


def change_series(
    organization_id: int,
    series_id: int,
    shifts: Sequence[Shift],
    span: Span,
    wish: Wish,
    actor: Actor,
    *,
    warned: bool = False,
    override: bool = False,
) -> ChangedSeries:
    """Move each visit to where the preview showed it, all or none; with `following` and `all` the series has them there
    from now on. `warned` and `override` are those of staff who move (`MoveRequest`).

    Refuses series_conflict with the visits whose new time is gone, changed_meanwhile, invalid_transition, not_found, and
    series_moves_only where a shift names another service or length than the visit has.
    """
    task = _Task(series_id, _in_order(shifts), span, wish, actor, warned, override)

    def once(advices: Advices | None) -> ChangedSeries:
        with scope.scope(organization_id, durable=True):
            return task.run(advices)

    def run(advices: Advices | None) -> ChangedSeries:
        try:
            return retrying(lambda: once(advices))
        except errors.Lost:
            raise errors.try_again() from None

    def hear() -> Advices:
        with scope.scope(organization_id):
            asked = task.cases()
        return {visit: (consulting.judged(case, seen)) for visit, (case, seen) in asked.items()}

    return consulting.advised(run, hear)


def _require_kept(known: Sequence[Appointment], shift: Shift) -> None:
    for part, (service, minutes) in zip(known, shift.kept, strict=False):
        if service not in (None, part.service_id):
            raise series_errors.visit_stays("service")
        if minutes not in (None, part.e - part.s):
            raise series_errors.visit_stays("minutes")


def _in_order(shifts: Sequence[Shift]) -> list[Shift]:
    if not shifts or len({shift.visit_id for shift in shifts}) < len(shifts):
        raise series_errors.bad_series("plan", len(shifts))
    return sorted(shifts, key=lambda shift: shift.visit_id)


@dataclass(frozen=True, slots=True)
class _Task:
    """One change of one series; runs inside a scope."""

    series_id: int
    shifts: list[Shift]
    span: Span
    wish: Wish
    actor: Actor
    warned: bool
    override: bool

    def cases(self) -> dict[int, tuple[cases.Case, tuple[int, int]]]:
        """What the rules are asked about each visit, and which state of the client's visits they judge."""
        found = {}
        there = self._starts()
        for shift in self.shifts:
            request = self.request(shift)
            visit, known, items = wanted(shift.visit_id, request)
            case = cases.of_move(rules_of(visit, known, request), visit, items, request, self.actor, there)
            found[visit.pk] = case, consulting.state(visit.client_id)
        return found

    def _starts(self) -> dict[str, datetime]:
        """Where all of them will begin, by their codes: the rules see each beside the others as they become."""
        codes = dict(
            Visit.objects.filter(pk__in=[each.visit_id for each in self.shifts]).values_list("pk", "code")
        )
        return {codes[each.visit_id]: each.items[0][0] for each in self.shifts if each.visit_id in codes}

    def request(self, shift: Shift) -> MoveRequest:
        """The move of one visit: its appointments by time go where the preview had them."""
        known = list(Appointment.objects.filter(visit_id=shift.visit_id).order_by("s", "position"))
        if len(known) != len(shift.items):
            raise errors.changed_meanwhile(shift.version)
        _require_kept(known, shift)
        items = [MoveItem(part.pk, start, who) for part, (start, who) in zip(known, shift.items, strict=True)]
        return MoveRequest(
            shift.items[0][0], items=tuple(items), version=shift.version, staff=True, warned=self.warned,
            override=self.override,
        )  # fmt: skip

    def run(self, advices: Advices | None) -> ChangedSeries:
        """Lock all, give all times up, and place one after the other."""
        series = Series.objects.filter(pk=self.series_id).first()
        turns = Turn.objects.filter(
            series_id=self.series_id, visit_id__in=[each.visit_id for each in self.shifts]
        )
        if series is None or len(turns) != len(self.shifts):
            raise errors.not_found()
        if advices:
            consulting.require_fresh(next(iter(advices.values())), series.client_id)
        visits = [locked(shift.visit_id, shift.version) for shift in self.shifts]
        self._lock(visits)
        _give_up([visit.pk for visit in visits])
        self._move(visits, advices)
        event = self._record(series)
        if self.span != "this":
            self._plan_anew(series, turns, visits[0], event)
        return ChangedSeries(series.pk, tuple(visit.pk for visit in visits))

    def _lock(self, visits: list[Visit]) -> None:
        """Everything they may claim: most series are at one location with the same services, so once."""
        by_place: dict[tuple[int, frozenset[int]], tuple[Rules, list[Item]]] = {}
        for shift, visit in zip(self.shifts, visits, strict=True):
            request = self.request(shift)
            _visit, known, items = wanted(visit.pk, request)
            key = visit.location_id, frozenset(part.service_id for part in known)
            if key not in by_place:
                by_place[key] = rules_of(visit, known, request), []
            by_place[key][1].extend(items)
        series_locks.lock_all(by_place.values())

    def _move(self, visits: list[Visit], advices: Advices | None) -> None:
        lost = []
        for shift, visit in zip(self.shifts, visits, strict=True):
            advice = None if advices is None else advices[visit.pk]
            try:
                move_within(visit.pk, self.request(shift), self.actor, advice=advice, alone=False)
            except Taken:
                lost.append(_lost(visit, "slot_taken"))
            except Refusal as refusal:
                if refusal.code not in OF_TIME - {"not_found"}:
                    raise
                lost.append(_lost(visit, refusal.code))
        if lost:
            raise series_errors.series_conflict(lost)

    def _record(self, series: Series) -> int:
        payload: dict[str, Any] = {
            "visits": [shift.visit_id for shift in self.shifts],
            "span": self.span,
            "days": self.wish.days,
            "time": f"{self.wish.wall:%H:%M}" if self.wish.wall else "",
            "resource": self.wish.resource_id,
        }
        return record(verbs.SERIES_CHANGED, "series", series.pk, self.actor, payload)

    def _plan_anew(self, series: Series, turns: Iterable[Turn], one: Visit, event: int) -> None:
        """The series has its visits where the change puts them, also those that had to be put elsewhere."""
        zone = ZoneInfo(one.zone)
        for turn in turns:
            was = datetime.fromisoformat(turn.wall)
            day = was.date() + timedelta(days=self.wish.days)
            minute = repeating.minute(day, self.wish.wall or was.time(), zone)
            wall = f"{clock.from_minute(minute).astimezone(zone):%Y-%m-%dT%H:%M}"
            who = self.wish.resource_id or turn.resource_id
            Turn.objects.filter(pk=turn.pk).update(wall=wall, resource_id=who, activity_id=event)
        rule = repeating.read(series.rule)
        weekdays = tuple(sorted((weekday + self.wish.days) % 7 for weekday in rule.weekdays))
        kept = replace(rule, weekdays=weekdays).as_json()
        Series.objects.filter(pk=series.pk).update(rule=kept, activity_id=event)


def _give_up(visits: list[int]) -> None:
    """All their claims and places, so that none of them stands in another's way."""
    parts = list(Appointment.objects.filter(visit_id__in=visits).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(_GIVE_UP, [scope.current(), parts])
    Place.objects.filter(appointment_id__in=parts).delete()


def _lost(visit: Visit, code: str) -> dict[str, Any]:
    return {"visit": visit.pk, "start": local(visit).isoformat(), "code": code}


def cancel_series(
    organization_id: int, series_id: int, visits: Mapping[int, int], actor: Actor, *, reason: str = ""
) -> ChangedSeries:
    """Cancel these visits of a series (id: the version that was seen), all or none.

    Refuses changed_meanwhile, invalid_transition, not_found; a client is bound by the deadline.
    """
    reason = text.note(reason, field="reason", limit=500)

    def transaction() -> ChangedSeries:
        with scope.scope(organization_id, durable=True):
            known = Turn.objects.filter(series_id=series_id, visit_id__in=visits)
            if not visits or known.count() != len(visits):
                raise errors.not_found()
            for visit_id in sorted(visits):
                locked(visit_id, visits[visit_id])
            for visit_id in sorted(visits):
                cancel_within(visit_id, actor, reason=reason, silent=True)
            payload = {"visits": sorted(visits)}
            record(verbs.SERIES_CANCELLED, "series", series_id, actor, payload)
            return ChangedSeries(series_id, tuple(sorted(visits)))

    return retrying(transaction)
