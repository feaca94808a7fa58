"""Time blocked from the journal: the form in the panel, blocking, and giving the time back."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from visita.bookings.hours.ahead import ahead
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.identity import rights
from visita.scheduling import actions, queries
from visita.scheduling.changes import Block
from visita.web.desk.answers import answer
from visita.web.desk.door import Guest, data, page
from visita.web.desk.frame import Frame, frame, remember
from visita.web.desk.hours import making
from visita.web.desk.hours.rights import may_block, may_change, require_block
from visita.web.desk.reading import Body, body, moment, query
from visita.web.desk.visit import PART

LENGTHS = (15, 30, 45, 60, 90, 120, 180, 240, 480)  # minutes offered for a block
USUAL = 30
LONGEST = 2880  # minutes of one block from the journal; longer is an absence


@page
def new(request: HttpRequest, guest: Guest) -> HttpResponse:
    """The form; `?location=&date=&resource=&time=HH:MM&minutes=` fill it in."""
    guest.require(rights.VISITS_BOOK)
    if guest.resource_id is None:
        guest.require(rights.VISITS_SEE)
    return _form(request, guest, query(request))


def _form(request: HttpRequest, guest: Guest, values: Body, refusal: Refusal | None = None) -> HttpResponse:
    with scope(guest.organization.pk):
        place = frame(request, guest, values)
        refused = refusal is not None and refusal.field == "minutes"
        chosen = USUAL if refused else values.number("minutes", high=LONGEST) or USUAL
        people = [row for row in queries.resources(place.location.pk) if may_block(guest, row.pk)]
        lengths = sorted({*LENGTHS, chosen})
        context = {
            **place.context(),
            "people": people,
            "resource": values.number("resource"),
            "time": values.text("time", 8),
            "lengths": [(minutes, place.formats.length(minutes), minutes == chosen) for minutes in lengths],
            "note": values.text("note"),
            "refusal": refusal,
            "away": _away(guest, place, values),
        }
        template = "desk/parts/block.html" if request.headers.get(PART) else "desk/block.html"
        return render(request, template, context, status=refusal.status if refusal else 200)


def _away(guest: Guest, place: Frame, values: Body) -> str:
    """Where visits stand in the time: the page that proposes each another place, filled in; empty for who may not."""
    resource = values.number("resource")
    if resource is None or not may_change(guest, resource):
        return ""
    day = place.day.isoformat()
    asked = {"resource": resource, "from": day, "to": day, "since": values.text("time", 8)}
    filled = urlencode({"location": place.location.pk, **{name: one for name, one in asked.items() if one}})
    return f"{place.url('hours_away')}?{filled}"


@require_POST
def create(request: HttpRequest, organization: str) -> HttpResponse:
    """Block: `resource`, `start` (aware, or `date` and `time` of the location), `minutes`, `note`."""
    form = request.content_type != "application/json"
    return _by_form(request, organization) if form else _by_script(request, organization)  # type: ignore[return-value]


@page
def _by_form(request: HttpRequest, guest: Guest) -> HttpResponse:
    """Visits in the time are shown first, each with what can become of it."""
    sent = body(request)
    try:
        wanted = _wanted(request, guest, sent)
        with scope(guest.organization.pk):
            stranded = ahead([wanted], proposals=False).stranded
        if not stranded:
            actions.change_hours(guest.organization.pk, [wanted], actor=guest.actor)
            return redirect(f"/{guest.organization.slug}/desk/?date={sent.text('date', 10)}")
    except Refusal as refusal:
        return _form(request, guest, sent, refusal)
    return making.look(request, guest, [wanted])


@data
def _by_script(request: HttpRequest, guest: Guest) -> HttpResponse:
    """201 with the claims; 409 visits_stranded names the visits: the same form, sent as a form, lists them to decide."""
    sent = body(request)
    wanted = _wanted(request, guest, sent)
    start, end = (clock.from_minute(minute) for minute in (wanted.s, wanted.e))
    made = actions.block(
        guest.organization.pk, [wanted.resource_id], wanted.location_id, start, end, actor=guest.actor, note=wanted.note
    )  # fmt: skip
    return answer({"blocks": made}, 201)


def _wanted(request: HttpRequest, guest: Guest, sent: Body) -> Block:
    resource = sent.required("resource")
    require_block(guest, resource)
    minutes = sent.required("minutes", high=LONGEST)
    with scope(guest.organization.pk):
        place = frame(request, guest, sent)
        remember(request, guest, place.location)
        start = clock.to_minute(moment(sent, place.day, place.zone))
    return Block(resource, place.location.pk, start, start + minutes, sent.text("note"))


@require_POST
@data
def removal(request: HttpRequest, guest: Guest, block: int) -> HttpResponse:
    """Give the time back."""
    guest.require(rights.VISITS_BOOK)
    with scope(guest.organization.pk):
        require_block(guest, queries.block(block).resource_id)
    actions.unblock(guest.organization.pk, [block], actor=guest.actor)
    return answer({"removed": block})
