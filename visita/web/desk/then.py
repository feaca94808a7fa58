"""The journal as it was at a chosen moment: a picture that only shows, and what became of the day since."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from visita.bookings import journal_then, states
from visita.bookings.journal_then import Difference, moment_before
from visita.catalog.models import Service
from visita.clients.models import Client
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.identity import rights
from visita.scheduling.models import Resource
from visita.web.desk import around
from visita.web.desk.day import rows_of, script_config
from visita.web.desk.door import Guest, page
from visita.web.desk.fields import Change, Names, changes
from visita.web.desk.frame import Frame, frame
from visita.web.desk.labels import door, icons
from visita.web.desk.reading import Body, moment, query
from visita.web.desk.reading import day as read_day
from visita.web.desk.story import title, who
from visita.web.desk.visit import may_restore

_SIGNS = {"added": "add", "gone": "move", "here": "move", "moved": "move", "cancelled": "cross", "back": "undo",
          "changed": "note"}  # fmt: skip
_NOTHING = {"book": False, "change": False, "overbook": False, "override": False, "clients": False}


@dataclass(frozen=True, slots=True)
class Act:
    """What was done since: its words, and whether it may be taken back from here."""

    id: int
    what: str
    who: str
    when: str
    undo: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A difference in words; `why` says where what is not taken back from here is."""

    visit: Any
    client: str
    kind: str
    icon: str
    when: str
    changes: list[Change]
    acts: list[Act]
    act: int
    why: str


@page
def then(request: HttpRequest, guest: Guest) -> HttpResponse:
    """`?location=&date=` the day looked at, `&on=&at=` the moment it is looked at from (yesterday 18:00)."""
    guest.require(rights.HISTORY_SEE)
    guest.require(rights.VISITS_SEE)
    values = query(request)
    with scope(guest.organization.pk):
        place = frame(request, guest, values)
        at, refusal = _moment(values, place)
        found = journal_then.then(place.location.pk, place.day, at, guest.language)
        local = at.astimezone(place.zone)
        context = {
            **place.context(),
            "config": {**script_config(place), "may": _NOTHING},
            "icons": icons(),
            "journal": found.journal,
            "rows": rows_of(found.journal, place),
            "differences": _told(found.differences, place),
            "around": around.told(found.around, _names(found, place), place),
            "since": _long_ago(found.since.astimezone(place.zone), place) if found.since else "",
            "known": found.known,
            "title": place.formats.full_day(place.day),
            "moment": _long_ago(local, place),
            "working": _working(found.journal, place),
            "on": local.date().isoformat(),
            "at": f"{local:%H:%M}",
            "latest": place.today.isoformat(),
            "quick": _quick(place, at),
            "refusal": refusal,
            "here": request.get_full_path(),
            "may_restore": may_restore(guest),
            "now_url": f"{place.url('day')}?{_at(place)}",
        }
        return render(request, "desk/then.html", context, status=refusal.status if refusal else 200)


def _moment(values: Body, place: Frame) -> tuple[datetime, Refusal | None]:
    """The moment asked for, never after now; yesterday 18:00 where none is, or where it is none."""
    usual = min(moment_before(1, 18, place.zone), clock.now())
    try:
        on = read_day(values.text("on"))
        if on is None:
            return usual, None
        wall = Body({"time": values.text("at", 8) or "18:00"})
        return min(moment(wall, on, place.zone), clock.now()), None
    except Refusal as refusal:
        return usual, refusal


def _long_ago(local: datetime, place: Frame) -> str:
    """A moment with its year, where that is not this one."""
    if local.year == place.today.year:
        return place.formats.moment(local)
    return f"{place.formats.day(local.date())} {local.year}, {place.formats.time(local)}"


def _working(found: dict[str, Any], place: Frame) -> list[tuple[str, str]]:
    """Who worked then, and when, in words."""
    return [
        (column["name"], ", ".join(_span(s, e, place) for s, e in column["work"]) or _("off"))
        for column in found["resources"]
    ]


def _span(s: int, e: int, place: Frame) -> str:
    start, end = (clock.from_minute(each).astimezone(place.zone) for each in (s, e))
    return place.formats.span(start, end)


def _quick(place: Frame, at: datetime) -> list[tuple[str, str, bool]]:
    """(words, address, chosen) of the moments most asked for."""
    now = clock.now()
    known = [
        (_("This morning, 8:00"), moment_before(0, 8, place.zone)),
        (_("Yesterday, 18:00"), moment_before(1, 18, place.zone)),
        (_("A week ago, 18:00"), moment_before(7, 18, place.zone)),
    ]
    links = []
    for words, when in known:
        if when < now:
            parts = {"on": when.date().isoformat(), "at": f"{when:%H:%M}"}
            links.append((words, f"?{_at(place)}&{urlencode(parts)}", when == at))
    return links


def _names(found: journal_then.Then, place: Frame) -> dict[str, dict[int, str]]:
    """What those around the visits are called today, by kind and id."""
    return {
        "resource": {each.pk: str(each) for each in Resource.objects.filter(pk__in=_of(found, "resource"))},
        "service": {
            each.pk: place.text(each.name) for each in Service.objects.filter(pk__in=_of(found, "service"))
        },
        "client": {each.pk: str(each) for each in Client.objects.filter(pk__in=_of(found, "client"))},
        "location": {each.pk: each.name for each in place.locations},
    }


def _of(found: journal_then.Then, kind: str) -> set[int]:
    return {act.object_id for act in found.around if act.object_kind == kind}


def _at(place: Frame) -> str:
    return urlencode({"location": place.location.pk, "date": place.day.isoformat()})


def _told(differences: Any, place: Frame) -> list[Told]:
    found = list(differences)
    names = Names.of([state for each in found for state in (each.was, each.now)], place)
    erased = states.erasures(each.visit.client_id for each in found)
    return [_one(each, names, erased.get(each.visit.client_id, 0)) for each in found]


def _one(each: Difference, names: Names, erased: int) -> Told:
    state = each.was or each.now
    span = min(((part["s"], part["e"]) for part in state.parts.values()), default=None)
    differing: Mapping[Any, Any] = states.differing(each.was, each.now) if each.was else {}
    told = changes(differing, each.now, names, erased=each.act <= erased)
    acts = [_act(act, names.place) for act in each.acts]
    if acts and each.visit.activity_id == acts[-1].id and each.was is not None:
        acts[-1] = replace(acts[-1], undo=True)
    when = names.moment(*span) if span else ""
    return Told(
        each.visit,
        each.client,
        _words()[each.kind],
        _SIGNS[each.kind],
        when,
        told,
        acts,
        each.act,
        _why(each, acts),
    )


def _why(each: Difference, acts: list[Act]) -> str:
    if each.was is None:
        return str(_("Booked since: it is cancelled in the visit, not undone."))
    if len(acts) > 1:
        return str(_("The changes before the last are undone one by one in the visit's history."))
    return ""


def _act(act: Any, place: Frame) -> Act:
    by = f"{who(act)} · {door(act.source)}"
    return Act(act.pk, title(act.verb)[0], by, place.formats.moment(act.at.astimezone(place.zone)), False)


def _words() -> dict[str, str]:
    return {
        "added": _("Added since"),
        "gone": _("Moved away"),
        "here": _("Moved here"),
        "moved": _("Moved"),
        "cancelled": _("Cancelled since"),
        "back": _("Brought back"),
        "changed": _("Changed"),
    }
