"""Working time for programs of the staff: weekly plans, exceptions of a date, closed days of a location."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from ninja import Router

from visita.api import problems
from visita.api.answers import answer, empty
from visita.api.auth import StaffKey, caller
from visita.api.fields import Agreed, Day, UrlId
from visita.api.params import REQUIRED
from visita.api.staff.cards import ExceptionIn, ExceptionOut, IntervalIn, PatternIn, PlanIn, PlanOut
from visita.api.staff.showing import Fields
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.identity import rights
from visita.scheduling import actions, queries
from visita.scheduling.models import WorkingException, WorkingPattern
from visita.scheduling.policies import Pattern
from visita.tenancy import queries as tenancy
from visita.tenancy.models import Location

router = Router(tags=["Working time"])

_PLAN = "/resources/{resource_id}/working-time"
_EXCEPTION = "/resources/{resource_id}/exceptions/{day}"
_CLOSED = "/locations/{location_id}/closed-days/{day}"


@router.get(_PLAN, auth=StaffKey(rights.WORKING_TIME_SEE), response=PlanOut, summary="A weekly plan")
def plan(request: HttpRequest, resource_id: UrlId, location: UrlId = REQUIRED) -> HttpResponse:
    """When the resource works at the location, on that location's wall clock."""
    with scope(caller(request).organization_id):
        place = tenancy.location(location)
        found = queries.patterns([queries.resource(resource_id).pk], location)
    return answer(_plan(resource_id, place, found))


@router.put(_PLAN, auth=StaffKey(rights.WORKING_TIME_CHANGE), response=PlanOut, summary="Set a weekly plan")
def set_plan(
    request: HttpRequest, body: PlanIn, resource_id: UrlId, location: UrlId = REQUIRED, agreed: Agreed = ""
) -> HttpResponse:
    """The plan becomes exactly this one. 409 `visits_stranded` where visits would be left outside: sent again with
    `agreed` = its `token` the plan is set, and those visits keep their time."""
    who = caller(request)
    with scope(who.organization_id):
        place = tenancy.location(location)
    today = clock.now().date()
    wanted = [_pattern(each, today) for each in body.patterns]
    found = actions.set_working_time(
        who.organization_id, resource_id, location, wanted, actor=who.actor, agreed=agreed
    )
    return answer(_plan(resource_id, place, found))


@router.get(
    _EXCEPTION,
    auth=StaffKey(rights.WORKING_TIME_SEE),
    response=ExceptionOut,
    summary="What holds for a resource on a date",
)
def exception(
    request: HttpRequest, resource_id: UrlId, day: Day, location: UrlId | None = None
) -> HttpResponse:
    """404 where the weekly plan holds. Without `location`: the absence that holds everywhere."""
    return _read(caller(request).organization_id, resource_id, location, day)


@router.put(
    _EXCEPTION,
    auth=StaffKey(rights.WORKING_TIME_CHANGE),
    response=ExceptionOut,
    summary="Set what holds for a resource on a date",
)
def set_exception(
    request: HttpRequest,
    body: ExceptionIn,
    resource_id: UrlId,
    day: Day,
    location: UrlId | None = None,
    agreed: Agreed = "",
) -> HttpResponse:
    """No interval: absent. Other hours need the `location` in whose clock they are told. 409 `visits_stranded` as for a plan."""
    return _write(request, resource_id, location, day, body, agreed)


@router.delete(
    _EXCEPTION,
    auth=StaffKey(rights.WORKING_TIME_CHANGE),
    response={204: None},
    summary="Let the weekly plan hold again",
)
def remove_exception(
    request: HttpRequest, resource_id: UrlId, day: Day, location: UrlId | None = None, agreed: Agreed = ""
) -> HttpResponse:
    """404 where it holds already; 409 `visits_stranded` as for a plan."""
    return _remove(request, resource_id, location, day, agreed)


@router.get(
    _CLOSED,
    auth=StaffKey(rights.WORKING_TIME_SEE),
    response=ExceptionOut,
    summary="A location's closed or shortened day",
)
def closed_day(request: HttpRequest, location_id: UrlId, day: Day) -> HttpResponse:
    """404 where the weekly plans hold."""
    return _read(caller(request).organization_id, None, location_id, day)


@router.put(
    _CLOSED,
    auth=StaffKey(rights.WORKING_TIME_CHANGE),
    response=ExceptionOut,
    summary="Close or shorten a day",
)
def set_closed_day(
    request: HttpRequest, body: ExceptionIn, location_id: UrlId, day: Day, agreed: Agreed = ""
) -> HttpResponse:
    """No interval: closed. A resource's own exception of the date wins. 409 `visits_stranded` as for a plan."""
    return _write(request, None, location_id, day, body, agreed)


@router.delete(
    _CLOSED, auth=StaffKey(rights.WORKING_TIME_CHANGE), response={204: None}, summary="Open the day again"
)
def open_day(request: HttpRequest, location_id: UrlId, day: Day, agreed: Agreed = "") -> HttpResponse:
    """404 where it is open already; 409 `visits_stranded` as for a plan."""
    return _remove(request, None, location_id, day, agreed)


def _read(organization_id: int, resource_id: int | None, location_id: int | None, day: date) -> HttpResponse:
    with scope(organization_id):
        return answer(_exception(_found(resource_id, location_id, day)))


def _write(
    request: HttpRequest,
    resource_id: int | None,
    location_id: int | None,
    day: date,
    body: ExceptionIn,
    agreed: str,
) -> HttpResponse:
    who = caller(request)
    hours = [_interval(each) for each in body.intervals]
    made = actions.set_exception(
        who.organization_id, resource_id, location_id, day, hours, actor=who.actor, reason=body.reason,
        online=_online(body.online), agreed=agreed,
    )  # fmt: skip
    return answer(_exception(made))


def _remove(
    request: HttpRequest, resource_id: int | None, location_id: int | None, day: date, agreed: str
) -> HttpResponse:
    who = caller(request)
    with scope(who.organization_id):
        row = _found(resource_id, location_id, day)
    actions.remove_exception(who.organization_id, row.pk, actor=who.actor, agreed=agreed)
    return empty()


def _found(resource_id: int | None, location_id: int | None, day: date) -> WorkingException:
    rows = WorkingException.objects.filter(date=day, resource_id=resource_id, location_id=location_id)
    row = rows.first()
    if row is None:
        raise problems.not_found()
    return row


def _plan(resource_id: int, place: Location, found: list[WorkingPattern]) -> Fields:
    order = sorted(found, key=lambda row: (row.valid_from, row.weekday, row.start))
    return {
        "resource": resource_id,
        "location": place.pk,
        "zone": place.zone,
        "patterns": [_row(each) for each in order],
    }


def _row(row: WorkingPattern) -> Fields:
    return {
        "weekday": row.weekday,
        "start": _clock(row.start),
        "end": _clock(row.end),
        "valid_from": row.valid_from.isoformat(),
        "valid_to": row.valid_to.isoformat() if row.valid_to else None,
        "every_weeks": row.every_weeks,
        "online": _spans(row.online),
    }


def _exception(row: WorkingException) -> Fields:
    return {
        "resource": row.resource_id,
        "location": row.location_id,
        "date": row.date.isoformat(),
        "intervals": _spans(row.intervals),
        "online": _spans(row.online),
        "reason": row.reason,
    }


def _pattern(sent: PatternIn, today: date) -> Pattern:
    s, e = _minute(sent.start), _minute(sent.end)
    online = _online(sent.online)
    since = sent.valid_from or today
    return Pattern(sent.weekday, s, e, since, sent.valid_to, sent.every_weeks, online)


def _spans(intervals: list[list[int]] | None) -> list[Fields] | None:
    return None if intervals is None else [{"start": _clock(s), "end": _clock(e)} for s, e in intervals]


def _online(sent: list[IntervalIn] | None) -> tuple[tuple[int, int], ...] | None:
    return None if sent is None else tuple((_minute(each.start), _minute(each.end)) for each in sent)


def _interval(sent: IntervalIn) -> list[int]:
    return [_minute(sent.start), _minute(sent.end)]


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _minute(clock_time: str) -> int:
    hours, minutes = clock_time.split(":")
    return int(hours) * 60 + int(minutes)
