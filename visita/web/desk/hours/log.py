"""The journal of changes to working time (WT-09): whose, where, which day, what kind, who did it and when."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import BooleanField, F, Func, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from visita.activity.models import Activity
from visita.foundation.scope import scope
from visita.scheduling import verbs
from visita.scheduling.models import Resource
from visita.web.components.formats import Formats
from visita.web.desk import ranges, search
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame
from visita.web.desk.hours import rights, typed, weeks, words
from visita.web.desk.ranges import Measure
from visita.web.desk.reading import query
from visita.web.desk.search import Asked, Field

PAGE = 100
_CLOCK = re.compile(r"(\d{1,2})(?::([0-5]\d))?")
JOURNAL = "hours"
_VERBS = (
    verbs.WORKING_TIME_SET,
    verbs.EXCEPTION_SET,
    verbs.EXCEPTION_REMOVED,
    verbs.BLOCKED,
    verbs.UNBLOCKED,
)
# Named in the words of the statement: one plan serves all values, and these have an index among years of bookings
_OF_WORKING_TIME = Func(
    F("verb"),
    template="%(expressions)s IN (" + ", ".join(f"'{verb}'" for verb in _VERBS) + ")",
    output_field=BooleanField(),
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
        fields = _fields(people, places, place.formats)
        asked = search.read(request.GET, fields, written=place.written)
        rows = list(_found(asked, place, only, values.number("before"))[: PAGE + 1])
        shown = [_row(row, asked, place, people, places) for row in rows[:PAGE]]
        context = {**place.context(), **search.context(asked, guest, JOURNAL, place.profile.country)}
        older = asked.link([*asked.finds]) + f"&before={rows[PAGE - 1].pk}" if len(rows) > PAGE else ""
        context |= {"search_example": _("Name, kind of change, date")}
        context |= {"section": "hours", "rows": shown, "older": older, "many": len(places) > 1}
        return render(request, "desk/hours/log.html", context, status=422 if asked.wrong else 200)


def _clock(formats: Formats) -> Measure:
    """Minutes of the day, typed as 9:00 or 9."""

    def minute(text: str) -> int | None:
        found = _CLOCK.fullmatch(text)
        return None if found is None else int(found[1]) * 60 + int(found[2] or 0)

    def told(value: int) -> str:
        return f"{value // 60}:{value % 60:02d}"

    return Measure(minute, told, 1440, _("Write the hours like 9:00–12:30."), told)


def _fields(people: dict[str, str], places: dict[str, str], formats: Formats) -> tuple[Field, ...]:
    return (
        Field("person", _("Person"), options=people),
        Field("location", _("Location"), options=places),
        Field("kind", _("Kind"), options=_kinds()),
        Field("day", _("Day"), day=True, spans=True),
        Field("done", _("Changed on"), day=True, spans=True),
        Field("hours", _("Hours"), measure=_clock(formats)),
        Field("by", _("By")),
    )


def changes() -> QuerySet[Activity]:
    """All changes to working time."""
    return Activity.objects.filter(_OF_WORKING_TIME)


def _found(asked: Asked, place: Frame, only: int | None, before: int | None) -> QuerySet[Activity]:
    found = changes()
    if asked.unknown or asked.wrong:
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
    if code == "hours":
        return _of_hours(*(ranges.of_address(value, 1440) or (None, None)))
    if code == "by":
        return Q(actor_label__icontains=value)
    first, last = ranges.days_of_address(value) or (None, None)
    return _on_days(first, last, place) if code == "day" else _done_on(first, last, place)


def _done_on(first: date | None, last: date | None, place: Frame) -> Q:
    found = Q(at__gte=_midnight(first, place)) if first else Q()
    return found & Q(at__lt=_midnight(last + timedelta(days=1), place)) if last else found


def _on_days(first: date | None, last: date | None, place: Frame) -> Q:
    """Of a date of these, or time blocked on one."""
    dated, blocked = Q(payload__has_key="date"), Q(verb=verbs.BLOCKED)
    if first:
        dated &= Q(payload__date__gte=first.isoformat())
        blocked &= Q(payload__end__gt=_minute(first, place))
    if last:
        dated &= Q(payload__date__lte=last.isoformat())
        blocked &= Q(payload__start__lt=_minute(last + timedelta(days=1), place))
    return dated | blocked


def _of_hours(low: int | None, high: int | None) -> Q:
    """Hours with these ends stood before the change or hold by it; of open ones the end that is named."""
    span = [[minute for minute in (low, high) if minute is not None]]
    return (
        Q(payload__intervals__contains=span)
        | Q(payload__after__contains=span)
        | Q(payload__before__contains=span)
        | Q(payload__before__contains=[{"intervals": span}])
    )


def _midnight(day: date, place: Frame) -> datetime:
    return datetime.combine(day, time(), place.zone)


def _minute(day: date, place: Frame) -> int:
    return int(_midnight(day, place).timestamp()) // 60


def _row(
    row: Activity, asked: Asked, place: Frame, people: dict[str, str], places: dict[str, str]
) -> dict[str, Any]:
    said = row.payload
    kind = _OTHER.get(row.verb) or str(said.get("reason", ""))
    who = str(row.object_id) if row.object_kind == "resource" else ""
    where = str(said.get("location") or "")
    when = said.get("date", "")
    at = row.at.astimezone(place.zone)
    return {
        "at": place.formats.moment(at), "at_url": asked.adding("done", at.date().isoformat()), "by": row.actor_label,
        "by_url": asked.adding("by", row.actor_label[: search.LONGEST]) if row.actor_label.strip() else "",
        "who": people.get(who) or _("Everybody"), "who_url": asked.adding("person", who) if who in people else "",
        "place": places.get(where) or _("All locations"),
        "place_url": asked.adding("location", where) if where in places else "",
        "kind": _kinds().get(kind, kind), "kind_url": asked.adding("kind", kind) if kind in _kinds() else "",
        "day": place.formats.day(date.fromisoformat(when)) if when else _blocked(said, place),
        "day_url": asked.adding("day", when or _blocked_day(said, place)) if when or "start" in said else "",
        "hits": _hits(asked, said),
        "undo": row.pk if row.verb in _VERBS and rights.may_change(place.guest, int(who) if who else None) else 0,
        **states(row, place), **_hours_urls(said, asked),
    }  # fmt: skip


def _hits(asked: Asked, said: dict[str, Any]) -> set[str]:
    """The columns that fit what is searched for; of hours the cells they stand in."""
    sides = {
        "before": [span for each in said.get("before", ()) for span in _spans(each)],
        "after": [
            *said.get("intervals", ()),
            *(span for each in said.get("after", ()) for span in _spans(each)),
        ],
    }
    found = {code for code, _value in asked.finds}
    for value in asked.values("hours"):
        ends = {minute for minute in ranges.of_address(value, 1440) or () if minute is not None}
        found |= {side for side, spans in sides.items() if any(ends <= set(span) for span in spans)}
    return found


def _spans(row: Any) -> list[list[int]]:
    """The spans of a row of the record: of a day's hours, or of a weekly rule written as a list."""
    return row["intervals"] if isinstance(row, dict) else [row[1:3]]


def _hours_urls(said: dict[str, Any], asked: Asked) -> dict[str, str]:
    """Where a cell holds one span of hours, the search for it."""
    before = [each["intervals"] for each in said.get("before", ()) if isinstance(each, dict)]
    cells = {"before_url": before[0] if len(before) == 1 else [], "after_url": said.get("intervals", [])}
    return {
        name: asked.adding("hours", ranges.written((spans[0][0], spans[0][1]))) if len(spans) == 1 else ""
        for name, spans in cells.items()
    }


def kind_of(row: Activity) -> str | None:
    """What a change of working time is called, also one without a reason; None for other acts."""
    if row.verb not in _VERBS:
        return None
    kind = _OTHER.get(row.verb) or str(row.payload.get("reason", ""))
    return _kinds().get(kind, kind) or _("Hours")


def states(row: Activity, place: Frame) -> dict[str, str]:
    """What held before the change, and what holds by it."""
    said = row.payload
    if row.verb == verbs.WORKING_TIME_SET:
        day = row.at.astimezone(place.zone).date()
        return {
            name: weeks.told(said[name], day, place.formats) if name in said else ""
            for name in ("before", "after")
        }
    dated = row.verb in (verbs.EXCEPTION_SET, verbs.EXCEPTION_REMOVED)
    weekly = _("Weekly hours") if dated else ""
    before = "; ".join(
        typed.told(each["intervals"], place.formats) or _("off") for each in said.get("before", ())
    )
    after = typed.told(said["intervals"], place.formats) or _("off") if "intervals" in said else weekly
    return {"before": before or weekly, "after": after}


def _blocked_day(said: dict[str, Any], place: Frame) -> str:
    from visita.foundation import clock

    return clock.from_minute(said["start"]).astimezone(place.zone).date().isoformat()


def _blocked(said: dict[str, Any], place: Frame) -> str:
    from visita.foundation import clock

    if "start" not in said or "end" not in said:
        return ""
    start, end = (clock.from_minute(said[name]).astimezone(place.zone) for name in ("start", "end"))
    return f"{place.formats.day(start.date())}, {place.formats.span(start, end)}"
