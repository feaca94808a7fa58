"""The journal of changes to working time (WT-09): whose, where, which day, what kind, who did it and when."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from visita.activity.models import Activity
from visita.foundation.scope import scope
from visita.scheduling import verbs
from visita.scheduling.models import Resource
from visita.web.desk import search
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame
from visita.web.desk.hours import rights, typed, weeks, words
from visita.web.desk.reading import query
from visita.web.desk.search import Asked, Field

PAGE = 100
JOURNAL = "hours"
_VERBS = (
    verbs.WORKING_TIME_SET,
    verbs.EXCEPTION_SET,
    verbs.EXCEPTION_REMOVED,
    verbs.BLOCKED,
    verbs.UNBLOCKED,
)
_OTHER = {
    verbs.WORKING_TIME_SET: "week", verbs.EXCEPTION_REMOVED: "removed", verbs.BLOCKED: "blocked",
    verbs.UNBLOCKED: "unblocked",
}  # fmt: skip


def _kinds() -> dict[str, str]:
    more = {
        "week": _("Weekly hours"),
        "removed": _("Weekly hours hold again"),
        "unblocked": _("Time given back"),
    }
    return {code: str(text) for code, text in {**words.KINDS, **more}.items()}


@page
def log(request: HttpRequest, guest: Guest) -> HttpResponse:
    """`?find=` as in every search, `?before=` an id: the changes, newest first."""
    only = rights.seen(guest)
    with scope(guest.organization.pk):
        values = query(request)
        place = frame(request, guest, values)
        people = {str(each.pk): str(each) for each in Resource.objects.order_by("position", "id")}
        places = {str(each.pk): each.name for each in place.locations}
        fields = _fields(people, places)
        asked = search.read(request.GET, fields, written=place.written)
        rows = list(_found(asked, place, only, values.number("before"))[: PAGE + 1])
        shown = [_row(row, asked, place, people, places) for row in rows[:PAGE]]
        context = {**place.context(), **search.context(asked, guest, JOURNAL, place.profile.country)}
        older = asked.link([*asked.finds]) + f"&before={rows[PAGE - 1].pk}" if len(rows) > PAGE else ""
        context |= {"section": "hours", "rows": shown, "older": older, "many": len(places) > 1}
        return render(request, "desk/hours/log.html", context)


def _fields(people: dict[str, str], places: dict[str, str]) -> tuple[Field, ...]:
    return (
        Field("person", _("Person"), options=people),
        Field("location", _("Location"), options=places),
        Field("kind", _("Kind"), options=_kinds()),
        Field("day", _("Day"), day=True),
        Field("done", _("Changed on"), day=True),
        Field("by", _("By")),
    )


def _found(asked: Asked, place: Frame, only: int | None, before: int | None) -> QuerySet[Activity]:
    found = Activity.objects.filter(verb__in=_VERBS)
    if asked.unknown:
        return found.none()
    if only is not None:
        found = found.filter(object_kind="resource", object_id=only)
    if before is not None:
        found = found.filter(pk__lt=before)
    for code in dict.fromkeys(name for name, _value in asked.finds):
        either = Q()
        for value in asked.values(code):
            either |= _narrowed(code, value, place)
        found = found.filter(either)
    return found.order_by("-id")


def _narrowed(code: str, value: str, place: Frame) -> Q:
    if code == "person":
        one = Q(object_kind="resource", object_id=int(value))
        return one | Q(payload__resources__contains=[int(value)])
    if code == "location":
        return Q(payload__location=int(value)) | Q(object_kind="location", object_id=int(value))
    if code == "kind":
        verb = next((verb for verb, kind in _OTHER.items() if kind == value), None)
        return Q(verb=verb) if verb else Q(verb=verbs.EXCEPTION_SET, payload__reason=value)
    if code == "day":
        return Q(payload__date=value) | _blocked_on(date.fromisoformat(value), place)
    if code == "done":
        first = datetime.combine(date.fromisoformat(value), time(), place.zone)
        return Q(at__gte=first, at__lt=first + timedelta(days=1))
    return Q(actor_label__icontains=value)


def _blocked_on(day: date, place: Frame) -> Q:
    first = int(datetime.combine(day, time(), place.zone).timestamp()) // 60
    return Q(verb=verbs.BLOCKED, payload__start__lt=first + 1440, payload__end__gt=first)


def _row(
    row: Activity, asked: Asked, place: Frame, people: dict[str, str], places: dict[str, str]
) -> dict[str, Any]:
    said = row.payload
    kind = _OTHER.get(row.verb) or str(said.get("reason", ""))
    who = str(row.object_id) if row.object_kind == "resource" else ""
    where = str(said.get("location") or "")
    when = said.get("date", "")
    return {
        "at": place.formats.moment(row.at.astimezone(place.zone)), "by": row.actor_label,
        "who": people.get(who) or _("Everybody"), "who_url": asked.adding("person", who) if who in people else "",
        "place": places.get(where) or _("All locations"),
        "place_url": asked.adding("location", where) if where in places else "",
        "kind": _kinds().get(kind, kind), "kind_url": asked.adding("kind", kind) if kind in _kinds() else "",
        "day": place.formats.day(date.fromisoformat(when)) if when else _blocked(said, place),
        "day_url": asked.adding("day", when) if when else "",
        "undo": row.pk if row.verb in _VERBS and rights.may_change(place.guest, int(who) if who else None) else 0,
        **states(row, place),
    }  # fmt: skip


def kind_of(row: Activity) -> str:
    """What a change of working time is called; empty for other acts."""
    if row.verb not in _VERBS:
        return ""
    kind = _OTHER.get(row.verb) or str(row.payload.get("reason", ""))
    return _kinds().get(kind, kind)


def states(row: Activity, place: Frame) -> dict[str, str]:
    """What held before the change, and what holds by it."""
    said = row.payload
    if row.verb == verbs.WORKING_TIME_SET:
        day = row.at.astimezone(place.zone).date()
        return {
            name: weeks.told(said[name], day, place.formats) if name in said else ""
            for name in ("before", "after")
        }
    before = "; ".join(typed.shown(each["intervals"]) or _("off") for each in said.get("before", ()))
    after = typed.shown(said["intervals"]) or _("off") if "intervals" in said else ""
    return {"before": before, "after": after}


def _blocked(said: dict[str, Any], place: Frame) -> str:
    from visita.foundation import clock

    if "start" not in said or "end" not in said:
        return ""
    start, end = (clock.from_minute(said[name]).astimezone(place.zone) for name in ("start", "end"))
    return f"{place.formats.day(start.date())}, {place.formats.span(start, end)}"
