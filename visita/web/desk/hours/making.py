"""Looking at changes of working time before they are made, making them, and taking them back.

Every form of this folder ends here with a list of changes. Where nobody is stranded they are made at once; else a page
lists the visits with a proposed place for each, and `apply` does what was decided there, if it is still those visits.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visita.bookings.hours.ahead import Ahead, Stranded, ahead
from visita.bookings.hours.deciding import Decision, Outcome, decide
from visita.bookings.hours.places import Place
from visita.catalog.models import Service
from visita.clients.models import Client
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.messaging.actions import tell
from visita.scheduling import actions
from visita.scheduling.changes import Change, Day
from visita.scheduling.models import Resource
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame
from visita.web.desk.hours import coding, rights, undoing, words
from visita.web.desk.reading import Body, body, day, moment

Fields = dict[str, Any]


def look(
    request: HttpRequest, guest: Guest, changes: Sequence[Change], *, sick: bool = False
) -> HttpResponse:
    """Make the changes where nobody is stranded (unless asked to be shown first, `sick`), else show who is."""
    rights.require_change(guest, changes)
    with scope(guest.organization.pk):
        found = ahead(changes)
        if found.stranded:
            return _page(request, guest, changes, found, sick=sick)
    events = actions.change_hours(guest.organization.pk, changes, actor=guest.actor)
    batch = undoing.remember(guest, events, [])
    return _done(guest, changes, batch)


def _page(
    request: HttpRequest, guest: Guest, changes: Sequence[Change], found: Ahead, *,
    sick: bool = False, refusal: Refusal | None = None, typed: Mapping[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    place = frame(request, guest, Body({"location": _location(changes)}))
    context = {
        **place.context(), "section": "hours", "changes": coding.dumped(changes), "token": found.token, "sick": sick,
        "summary": _summary(changes, place), "rows": [_row(each, place, guest, sick, typed) for each in found.stranded],
        "refusal": refusal, "people": _people(place), "min_day": place.today,
    }  # fmt: skip
    return render(request, "desk/hours/stranded.html", context, status=409 if refusal else 200)


def _location(changes: Sequence[Change]) -> int | None:
    return next((change.location_id for change in changes if change.location_id is not None), None)


def _people(place: Frame) -> list[Resource]:
    from visita.scheduling import queries

    return [each for each in queries.resources(place.location.pk) if each.kind == "person"]


def _summary(changes: Sequence[Change], place: Frame) -> str:
    """Whom and when it is about, in one line."""
    names = dict(Resource.objects.values_list("id", "name"))
    who = sorted({names.get(change.resource_id or 0, place.location.name) for change in changes})
    days = sorted({change.date for change in changes if isinstance(change, Day)})
    if not days:
        return _("%(who)s: weekly hours") % {"who": ", ".join(who)}
    span = place.formats.day(days[0])
    if len(days) > 1:
        span = f"{span} – {place.formats.day(days[-1])}"
    kinds = {words.kind(change.reason) for change in changes if isinstance(change, Day)}
    return f"{', '.join(who)} · {span} · {', '.join(sorted(kinds))}"


def _row(each: Stranded, place: Frame, guest: Guest, sick: bool, typed: Mapping[str, Any] | None) -> Fields:
    visit, all_ = each.visit, guest.may("visits.change")
    may = all_ or rights.is_own(guest, visit.pk)
    places = [option for option in each.places if all_ or option.resource_id == guest.resource_id]
    parts = {part.appointment_id for part in each.parts}
    names = dict(Resource.objects.filter(pk__in=[p.resource_id for p in places]).values_list("id", "name"))
    zone = place.zone
    chosen = (typed or {}).get(f"do_{visit.pk}")
    default = "choose" if sick and places else "move" if places else "keep"
    return {
        "visit": visit,
        "client": Client.objects.get(pk=visit.client_id),
        "when": place.formats.moment(clock.from_minute(each.parts[0].s).astimezone(zone)),
        "services": ", ".join(_services(parts, place)),
        "places": [_place(at, option, names, place) for at, option in enumerate(places)],
        "do": chosen or default,
        "may": {do: may and rights.may_decide(guest, do) for do in ("move", "choose", "keep", "cancel")},
        "url": place.url("visit", visit=visit.pk),
    }


def _services(appointments: set[int], place: Frame) -> list[str]:
    from visita.bookings.models import Appointment

    ids = Appointment.objects.filter(pk__in=appointments).values("service_id")
    return [place.text(name) for name in Service.objects.filter(pk__in=ids).values_list("name", flat=True)]


def _place(at: int, option: Place, names: Mapping[int, str], place: Frame) -> Fields:
    start = clock.from_minute(option.s).astimezone(place.zone)
    return {
        "value": f"{option.s}:{option.resource_id}", "first": at == 0, "same": option.same,
        "text": f"{place.formats.moment(start)} · {names.get(option.resource_id, '')}",
    }  # fmt: skip


@page
def apply(request: HttpRequest, guest: Guest) -> HttpResponse:
    """POST: `changes`, `agreed`, and `do_<visit>` with its times: what was shown is done, nothing else. Asked for again
    (a reload of what came of it), it leads to the hours."""
    if request.method != "POST":
        return redirect("desk:hours", organization=guest.organization.slug)
    sent = body(request)
    changes = coding.loaded(sent.text("changes", coding.LONGEST))
    rights.require_change(guest, changes)
    sick = sent.flag("sick")
    try:
        decisions = _decisions(request, guest, sent)
        events = actions.change_hours(
            guest.organization.pk, changes, actor=guest.actor, agreed=sent.text("agreed", 64)
        )
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        with scope(guest.organization.pk):
            found = ahead(changes)
            return _page(request, guest, changes, found, sick=sick, refusal=refusal, typed=request.POST)
    outcomes = decide(guest.organization.pk, decisions, guest.actor)
    _tell(guest, outcomes)
    batch = undoing.remember(guest, events, outcomes)
    with scope(guest.organization.pk):
        return _result(request, guest, changes, outcomes, batch)


def _decisions(request: HttpRequest, guest: Guest, sent: Body) -> list[Decision]:
    """One for each `do_<visit>`; refuses what is not in the form, and 403 for what the role does not allow."""
    found = []
    for name in request.POST:
        head, _bar, number = name.partition("_")
        if head != "do" or not number.isdecimal() or len(number) > 18:
            continue
        do = sent.text(name, 10)
        if do not in ("move", "keep", "cancel", "choose"):
            raise Refusal("bad_choice", 422, gettext_lazy("This value cannot be used."), field=name)
        if not rights.may_decide(guest, do):
            guest.require("visits.change")
        found.append(_decision(request, guest, sent, int(number), do))
    rights.require_decisions(guest, found)
    return found


def _decision(request: HttpRequest, guest: Guest, sent: Body, visit: int, do: Any) -> Decision:
    version = sent.required(f"version_{visit}")
    if do == "choose":
        options = tuple(_option(text) for text in request.POST.getlist(f"option_{visit}")[:5])
        return Decision(visit, version, "choose" if options else "keep", options=options)
    if do == "move":
        start, resource = _where(guest, sent, visit)
        return Decision(visit, version, "move", start, resource)
    return Decision(visit, version, do, reason=sent.text("reason", 300))


def _where(guest: Guest, sent: Body, visit: int) -> tuple[datetime, int | None]:
    """A proposed place, or another date, time and person typed by hand."""
    picked = sent.text(f"place_{visit}", 40)
    if picked != "other":
        return _option(picked)
    with scope(guest.organization.pk):
        from zoneinfo import ZoneInfo

        from visita.bookings import queries

        zone = ZoneInfo(queries.visit(visit).visit.zone)
    when = day(sent.text(f"date_{visit}", 10))
    if when is None:
        raise Refusal("required", 422, gettext_lazy("Write a date and a time."), field=f"date_{visit}")
    typed = Body({"time": sent.text(f"time_{visit}", 8)})
    return moment(typed, when, zone), sent.number(f"resource_{visit}")


def _option(text: str) -> tuple[datetime, int | None]:
    start, _colon, resource = text.partition(":")
    if not (start.isdecimal() and resource.isdecimal() and len(start) < 10 and len(resource) < 19):
        raise Refusal("bad_choice", 422, gettext_lazy("Choose one of the times."), field="place")
    return clock.from_minute(int(start)), int(resource)


def _tell(guest: Guest, outcomes: Sequence[Outcome]) -> None:
    """Clients hear of a move or cancellation after the time in which it can be taken back."""
    what = {"move": "moved", "cancel": "cancelled"}
    for outcome in outcomes:
        told = what.get(outcome.decision.do)
        if outcome.done and told:
            tell(guest.organization.pk, outcome.decision.visit_id, told, guest.actor)  # type: ignore[arg-type]  # the two words


def _result(
    request: HttpRequest, guest: Guest, changes: Sequence[Change], outcomes: Sequence[Outcome], batch: int
) -> HttpResponse:
    place = frame(request, guest, Body({"location": _location(changes)}))
    context = {
        **place.context(), "section": "hours", "summary": _summary(changes, place), "batch": batch,
        "failed": [_failed(each, place) for each in outcomes if not each.done],
        "done": _counts(outcomes), "seconds": undoing.seconds(), "back": _chart(guest, changes),
    }  # fmt: skip
    return render(request, "desk/hours/done.html", context)


def _counts(outcomes: Sequence[Outcome]) -> list[tuple[str, int]]:
    said = {
        "move": _("moved, their clients are told"), "choose": _("clients choose from times kept for them"),
        "keep": _("kept where they are, marked"), "cancel": _("cancelled, their clients are told"),
    }  # fmt: skip
    done = [each.decision.do for each in outcomes if each.done]
    return [(text, done.count(do)) for do, text in said.items() if do in done]


def _failed(outcome: Outcome, place: Frame) -> Fields:
    from visita.bookings import queries

    assert outcome.refusal is not None
    near = outcome.refusal.extra.get("alternatives") or []
    starts = [datetime.fromisoformat(each["start"]) for each in near]
    try:
        client = str(Client.objects.get(pk=queries.visit(outcome.decision.visit_id).visit.client_id))
    except Refusal:
        client = ""
    return {
        "client": client, "message": outcome.refusal.message, "near": [place.formats.moment(each) for each in starts],
        "url": place.url("visit", visit=outcome.decision.visit_id),
    }  # fmt: skip


def _chart(guest: Guest, changes: Sequence[Change]) -> str:
    from django.urls import reverse

    days = [change.date for change in changes if isinstance(change, Day)]
    asked = {"location": _location(changes), "date": min(days).isoformat() if days else None}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('desk:hours', kwargs={'organization': guest.organization.slug})}?{query}"


def nothing(guest: Guest, location_id: int, first: date) -> HttpResponse:
    """There was nothing to change."""
    return redirect(_chart(guest, [Day(None, location_id, first)]))


def _done(guest: Guest, changes: Sequence[Change], batch: int) -> HttpResponse:
    return redirect(f"{_chart(guest, changes)}&saved={batch}")
