"""The weekly hours of one person at a location: plans one after the other, each with its days, rhythm and validity."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from visita.foundation.errors import Refusal
from visita.foundation.formats import Formats
from visita.foundation.scope import scope
from visita.scheduling import changes as said
from visita.scheduling import hours as writing
from visita.scheduling import queries
from visita.scheduling.changes import Week
from visita.scheduling.models import Resource
from visita.scheduling.policies import Pattern
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame
from visita.web.desk.hours import making, rights, typed
from visita.web.desk.reading import Body, body, day, query

MOST = 60  # plans on one form: what is not on it would be taken away by saving


@dataclass(frozen=True, slots=True)
class Plan:
    """A week as the form shows it: seven texts, from when, until when, every how many weeks."""

    hours: tuple[str, ...] = ("",) * 7
    valid_from: str = ""
    valid_to: str = ""
    every: str = "1"


@page
def week(request: HttpRequest, guest: Guest, resource: int) -> HttpResponse:
    """GET `?location=`: the plans as forms and an empty one; POST: the whole of them, looked at before they are saved."""
    guest.require("working_time.see")
    sent = body(request) if request.method == "POST" else query(request)
    with scope(guest.organization.pk):
        place = frame(request, guest, sent)
        who = queries.resource(resource)
        if not rights.may_change(guest, who.pk):
            guest.require("working_time.change")
        rows = [writing.of(row) for row in queries.patterns([who.pk], place.location.pk)]
        if request.method != "POST":
            return _page(
                request, place, who, [*_plans(rows, place.formats), Plan(valid_from=place.today.isoformat())]
            )
        plans = [_sent(sent, at) for at in range(MOST)]
        try:
            _require_unchanged(who, sent)
            change = Week(who.pk, place.location.pk, _patterns(plans, rows, place.today))
            said.checked([change])
        except Refusal as refusal:
            return _page(request, place, who, [plan for plan in plans if plan != Plan()], refusal)
    version = sent.number("version", low=0)
    return making.look(request, guest, [change], seen={} if version is None else {who.pk: version})


def _require_unchanged(who: Resource, sent: Body) -> None:
    """The whole of the plans is replaced, so it must be the whole that was on the form."""
    if sent.number("version", low=0) not in (None, who.hours_version):
        message = _("Somebody changed these hours meanwhile. Nothing was saved yet: look at them in another window, "
                    "then save yours or leave theirs.")  # fmt: skip
        raise Refusal("changed_meanwhile", 409, message, version=who.hours_version)


def _sent(sent: Body, at: int) -> Plan:
    return Plan(
        tuple(sent.text(f"day_{at}_{weekday}", typed.LONGEST) for weekday in range(7)),
        sent.text(f"from_{at}", 10), sent.text(f"to_{at}", 10), sent.text(f"every_{at}", 2) or "1",
    )  # fmt: skip


def _plans(rows: list[Pattern], formats: Formats) -> list[Plan]:
    """Rows of one validity and rhythm are one plan."""
    groups: dict[tuple[date, date | None, int], list[Pattern]] = defaultdict(list)
    for row in rows:
        groups[row.valid_from, row.valid_to, row.every_weeks].append(row)
    return [
        Plan(_texts(found, formats), since.isoformat(), until.isoformat() if until else "", str(every))
        for (since, until, every), found in sorted(groups.items(), key=lambda item: item[0][0])
    ]


def _texts(rows: list[Pattern], formats: Formats) -> tuple[str, ...]:
    return tuple(
        typed.told(sorted((row.start, row.end) for row in rows if row.weekday == weekday), formats)
        for weekday in range(7)
    )


def _patterns(plans: list[Plan], rows: list[Pattern], today: date) -> tuple[Pattern, ...]:
    """What clients may book of an interval is kept where the interval is."""
    online = {(row.weekday, row.start, row.end): row.online for row in rows}
    found = []
    for at, plan in enumerate(plans):
        if not any(plan.hours):
            continue
        since, until = day(plan.valid_from) or today, day(plan.valid_to)
        every = Body({"every": plan.every}).number("every", high=52) or 1
        for weekday, text in enumerate(plan.hours):
            for start, end in typed.read(text, f"day_{at}_{weekday}"):
                part = online.get((weekday, start, end))
                found.append(Pattern(weekday, start, end, since, until, every, part))
    return tuple(found)


def _page(
    request: HttpRequest, place: Frame, who: Resource, plans: list[Plan], refusal: Refusal | None = None
) -> HttpResponse:
    first = place.formats.first_weekday
    order = [(first + at) % 7 for at in range(7)]
    names = [place.formats.weekday_full(date(2026, 11, 23 + weekday)) for weekday in range(7)]
    context = {
        **place.context(), "section": "hours", "who": who, "refusal": refusal,
        "plans": [_shown(at, plan, order, names) for at, plan in enumerate(plans[:MOST])],
        "hint": typed.example(str(_("Hours like 9:00–12:30, 13:00–17:00. Empty: does not work.")), place.formats),
    }  # fmt: skip
    return render(request, "desk/hours/week.html", context, status=422 if refusal else 200)


def _shown(at: int, plan: Plan, order: list[int], names: list[str]) -> dict[str, Any]:
    days = [{"name": f"day_{at}_{each}", "label": names[each], "value": plan.hours[each]} for each in order]
    return {"at": at, "plan": plan, "days": days, "new": not any(plan.hours)}
