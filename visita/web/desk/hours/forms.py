"""The forms of working time: one day, who is away, a copied week. Each makes changes and hands them to `making.look`."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from visita.bookings.hours.ahead import ahead
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling import actions, daily, queries
from visita.scheduling.changes import MOST_DAYS, Day
from visita.scheduling.models import Resource
from visita.web.desk.answers import answer
from visita.web.desk.door import Guest, data, page
from visita.web.desk.frame import Frame, frame
from visita.web.desk.hours import making, rights, typed, undoing, words
from visita.web.desk.reading import Body, body, day, query


@page
def one_day(request: HttpRequest, guest: Guest) -> HttpResponse:
    """GET `?location=&resource=&date=`: the day's hours as a form; POST: `hours` and `kind`, `to` where they move
    to another date, or `plan` to follow the week."""
    guest.require("working_time.see")
    sent = body(request) if request.method == "POST" else query(request)
    with scope(guest.organization.pk):
        place = frame(request, guest, sent)
        who = queries.resource(sent.required("resource"))
        if not rights.may_change(guest, who.pk):
            guest.require("working_time.change")
        if request.method != "POST":
            return _day_page(request, place, who, sent.values)
    try:
        with scope(guest.organization.pk):
            changes = _day(sent, place, who)
    except Refusal as refusal:
        with scope(guest.organization.pk):
            return _day_page(request, place, who, sent.values, refusal)
    moved = changes[-1] if len(changes) > 1 else None
    return making.look(request, guest, changes, along=moved.date if moved else None)


def _day(sent: Body, place: Frame, who: Resource) -> list[Day]:
    if place.day < place.today:
        raise Refusal(
            "too_late",
            422,
            _("This day has passed. What was worked is corrected in the timesheet."),
            field="date",
        )
    kind = sent.text("kind", 40) or "changed"
    if sent.flag("plan"):
        return [Day(who.pk, place.location.pk, place.day, None)]
    if sent.text("to", 10):
        return _moved(sent, place, who)
    if kind in words.AWAY:
        return [Day(who.pk, place.location.pk, place.day, (), kind)]
    return [Day(who.pk, place.location.pk, place.day, typed.read(sent.text("hours", typed.LONGEST)), kind)]


def _moved(sent: Body, place: Frame, who: Resource) -> list[Day]:
    """The hours hold on the date `to` instead, beside those it has; the day itself is off."""
    to = day(sent.text("to", 10)) or place.day
    hours = typed.read(sent.text("hours", typed.LONGEST))
    if to < place.today or to == place.day or not hours:
        text = _("Write the hours that move, and another day for them, today or later.")
        raise Refusal("bad_span", 422, text, field="to")
    there = daily.hours([who.pk], place.location.pk, to, to)[who.pk, to]
    return [
        Day(who.pk, place.location.pk, place.day, (), "moved"),
        Day(who.pk, place.location.pk, to, there.joined(hours), "moved"),
    ]


def _day_page(
    request: HttpRequest, place: Frame, who: Resource, sent: Any, refusal: Refusal | None = None
) -> HttpResponse:
    known = daily.hours([who.pk], place.location.pk, place.day, place.day)[who.pk, place.day]
    context = {
        **place.context(), "section": "hours", "who": who, "refusal": refusal, "known": known,
        "hours": sent.get("hours", typed.told(known.intervals, place.formats)), "kind": sent.get("kind", known.reason or "changed"),
        "to": sent.get("to", ""), "kinds": words.KINDS, "title": place.formats.full_day(place.day),
        "hint": typed.example(str(_("Like 9:00–12:30, 13:00–17:00. Empty: does not work that day.")), place.formats),
    }  # fmt: skip
    return render(request, "desk/hours/day.html", context, status=422 if refusal else 200)


@data
def by_script(request: HttpRequest, guest: Guest) -> HttpResponse:
    """POST `location`, `resource`, `date`, and `hours`, or `op` add|remove at `minute` of the day: the day's new hours.

    With `was`, the hours the sender saw, 409 changed_meanwhile where they are others by now. 409 visits_stranded names the
    page on which the visits are decided about; nothing was changed then.
    """
    sent = body(request)
    with scope(guest.organization.pk):
        place = frame(request, guest, sent)
        who = queries.resource(sent.required("resource"))
        known = daily.hours([who.pk], place.location.pk, place.day, place.day)[who.pk, place.day]
        _require_same(sent, known)
        intervals, reason = _script_hours(sent, place, who, known)
        change = _as_planned(place, who, known, intervals) or Day(
            who.pk, place.location.pk, place.day, intervals, reason
        )
        rights.require_change(guest, [change])
        if ahead([change], proposals=False).stranded:
            return _to_page(place, who, intervals, reason)
    seen = {who.pk: who.hours_version}
    events = actions.change_hours(guest.organization.pk, [change], actor=guest.actor, seen=seen)
    batch = undoing.remember(guest, events, [])
    return answer({"hours": typed.shown(intervals), "before": typed.shown(known.intervals), "batch": batch})


def _require_same(sent: Body, known: daily.DayHours) -> None:
    now = typed.shown(known.intervals)
    if sent.values.get("was") is not None and typed.shown(typed.read(sent.text("was", typed.LONGEST))) != now:
        message = _("Somebody changed these hours meanwhile. Nothing was saved: these are the new ones.")
        raise Refusal("changed_meanwhile", 409, message, hours=now)


def _as_planned(
    place: Frame, who: Resource, known: daily.DayHours, intervals: tuple[tuple[int, int], ...]
) -> Day | None:
    """Hours dragged or undone to those of the plan: the day follows it again, also when it changes."""
    if known.by != "own" or daily.without_own(who.pk, place.location.pk, place.day) != intervals:
        return None
    return Day(who.pk, place.location.pk, place.day, None)


def _script_hours(
    sent: Body, place: Frame, who: Resource, known: daily.DayHours
) -> tuple[tuple[tuple[int, int], ...], str]:
    """The day's new hours and what happened to it."""
    if place.day < place.today:
        raise Refusal(
            "too_late",
            422,
            _("This day has passed. What was worked is corrected in the timesheet."),
            field="date",
        )
    op = sent.text("op", 10)
    if not op:
        intervals = typed.read(sent.text("hours", typed.LONGEST))
        return intervals, _kind(known, intervals)
    minute = sent.number("minute", low=0, high=1439)
    if minute is None or op not in ("add", "remove"):
        raise Refusal("bad_choice", 422, _("This value cannot be used."), field="op")
    if op == "add":
        length = sent.number("length", low=5, high=1440) or 60
        intervals = known.with_more((minute, min(1440, minute + length)))
        return intervals, "extended"
    return _without_free(place, who, known, minute), "shortened"


def _without_free(
    place: Frame, who: Resource, known: daily.DayHours, minute: int
) -> tuple[tuple[int, int], ...]:
    """The hours without the free stretch around a minute; refuses where nothing is free there."""
    from visita.web.desk.hours.chart import booked

    inside = next((span for span in known.intervals if span[0] <= minute < span[1]), None)
    taken = booked(place, [who.pk], place.day, place.day).get((who.pk, place.day), [])
    if inside is None or any(start <= minute < end for start, end, _kind in taken):
        raise Refusal("not_free", 409, _("There is no free working time here."), field="minute")
    start = max([inside[0], *(end for _start, end, _kind in taken if end <= minute)])
    end = min([inside[1], *(begin for begin, _end, _kind in taken if begin > minute)])
    return known.without(start, end)


def _kind(known: daily.DayHours, intervals: Sequence[tuple[int, int]]) -> str:
    """What happened to the day, by its length."""
    before, after = (sum(e - s for s, e in spans) for spans in (known.intervals, intervals))
    if not intervals:
        return "cancelled"
    return "shortened" if after < before else "extended" if after > before else "moved"


def _to_page(
    place: Frame, who: Resource, intervals: tuple[tuple[int, int], ...], reason: str
) -> HttpResponse:
    from urllib.parse import urlencode

    values = {
        "location": place.location.pk, "resource": who.pk, "date": place.day.isoformat(),
        "hours": typed.shown(intervals), "kind": reason,
    }  # fmt: skip
    message = _("Visits would be left outside. Nothing was changed yet.")
    return answer(
        {
            "code": "visits_stranded",
            "detail": str(message),
            "url": f"{place.url('hours_day')}?{urlencode(values)}",
        },
        status=409,
    )


@page
def away(request: HttpRequest, guest: Guest) -> HttpResponse:
    """GET: who is away and how long; POST: `resource`, `kind`, `from`, `to`, optionally `since` (a time of the first day)."""
    guest.require("working_time.see")
    sent = body(request) if request.method == "POST" else query(request)
    with scope(guest.organization.pk):
        place = frame(request, guest, sent)
        if request.method != "POST":
            return _away_page(request, place, sent)
        try:
            changes = _absence(sent, place, guest)
        except Refusal as refusal:
            if refusal.status in (403, 404):
                raise
            return _away_page(request, place, sent, refusal)
    return making.look(request, guest, changes, sick=True)


def _absence(sent: Body, place: Frame, guest: Guest) -> list[Day]:
    who = queries.resource(sent.required("resource"))
    if not rights.may_change(guest, who.pk):
        guest.require("working_time.change")
    first = day(sent.text("from", 10)) or place.today
    last = day(sent.text("to", 10)) or first
    if first < place.today or last < first:
        raise Refusal(
            "bad_span", 422, _("The days must begin today or later and end after they begin."), field="from"
        )
    if (last - first).days >= MOST_DAYS:
        raise Refusal(
            "too_many_days", 422, _("For more than a year end the weekly hours instead."), field="to"
        )
    kind = sent.text("kind", 40)
    kind = kind if kind in words.AWAY else "absent"
    days = [Day(who.pk, None, first + timedelta(days=at), (), kind) for at in range((last - first).days + 1)]
    since = sent.text("since", 8)
    return [_rest_of(place, who, since, days[0]), *days[1:]] if since else days


def _rest_of(place: Frame, who: Resource, since: str, whole: Day) -> Day:
    """Away from a time on: what was before it stays."""
    try:
        hour, minute = (int(each) for each in since.split(":"))
    except ValueError as error:
        raise Refusal("bad_datetime", 422, _("Write a time like 9:30."), field="since") from error
    if not (0 <= hour < 24 and 0 <= minute < 60):
        raise Refusal("bad_datetime", 422, _("Write a time like 9:30."), field="since")
    known = daily.hours([who.pk], place.location.pk, whole.date, whole.date)[who.pk, whole.date]
    return Day(who.pk, place.location.pk, whole.date, known.without(hour * 60 + minute, 1440), whole.reason)


def _away_page(
    request: HttpRequest, place: Frame, sent: Body, refusal: Refusal | None = None
) -> HttpResponse:
    people = [
        each for each in queries.resources(place.location.pk) if rights.may_change(place.guest, each.pk)
    ]
    now = clock.now().astimezone(place.zone)
    context = {
        **place.context(), "section": "hours", "people": people, "refusal": refusal, "sent": sent.values,
        "kinds": [(each, words.KINDS[each]) for each in words.AWAY], "today": place.today, "now": f"{now:%H:%M}",
    }  # fmt: skip
    return render(request, "desk/hours/away.html", context, status=422 if refusal else 200)


@page
def copy(request: HttpRequest, guest: Guest) -> HttpResponse:
    """POST `first` (the week's first day), `weeks`, `resource` (none: everybody): the same hours on the same weekdays."""
    sent = body(request)
    with scope(guest.organization.pk):
        place = frame(request, guest, sent)
        weeks = sent.number("weeks", high=12) or 1
        first = day(sent.text("first", 10)) or place.today
        whose = sent.number("resource")
        people = [each.pk for each in queries.resources(place.location.pk) if whose in (None, each.pk)]
        changes = _copies(place, people, first, weeks)
    if not changes:
        return making.nothing(guest, place.location.pk, first)
    return making.look(request, guest, changes)


def _copies(place: Frame, people: list[int], first: date, weeks: int) -> list[Day]:
    """Only dates that differ, none of the past."""
    known = daily.hours(people, place.location.pk, first, first + timedelta(days=7 * (weeks + 1) - 1))
    found = []
    for (who, when), hours in known.items():
        source = known[who, first + timedelta(days=(when - first).days % 7)]
        if when >= max(place.today, first + timedelta(days=7)) and hours.intervals != source.intervals:
            reason = source.reason if source.by != "pattern" else "changed"
            found.append(Day(who, place.location.pk, when, source.intervals, reason))
    return found
