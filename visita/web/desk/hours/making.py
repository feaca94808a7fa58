"""Making changes of working time: looked at before, done as they were shown, and told afterwards.

Every form of this folder, and the one that blocks time, ends here with a list of changes. Where nobody is stranded they
are made at once; else a page lists the visits with a proposed place for each, and `apply` does what was decided there, if
it is still those visits. What came of it has a page of its own, which may be opened again.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from visita.bookings.hours.ahead import ahead
from visita.bookings.hours.deciding import Decision, Outcome, decide
from visita.bookings.models import Visit
from visita.clients.models import Client
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.messaging.actions import tell
from visita.scheduling import actions
from visita.scheduling.changes import Change
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame
from visita.web.desk.hours import choosing, coding, listing, rights, undoing
from visita.web.desk.reading import Body, body

Seen = Mapping[int, int]


def look(
    request: HttpRequest,
    guest: Guest,
    changes: Sequence[Change],
    *,
    sick: bool = False,
    seen: Seen | None = None,
    along: date | None = None,
) -> HttpResponse:
    """Make the changes where nobody is stranded, else show who is; `sick` proposes to let clients choose, `along` to go with
    the hours to that date, `seen` are the versions of hours the changes were made from."""
    rights.require_change(guest, changes)
    try:
        with scope(guest.organization.pk):
            found = ahead(changes)
            if found.stranded:
                typed = listing.along(guest, found, changes, along) if along else None
                return listing.show(request, guest, changes, sick=sick, typed=typed, found=found, seen=seen)
        events = actions.change_hours(guest.organization.pk, changes, actor=guest.actor, seen=seen)
    except Refusal as refusal:
        return refused(request, guest, changes, refusal)
    batch = undoing.remember(guest, events, [])
    return redirect(f"{seen_at(request, guest, changes)}&saved={batch}")


def refused(request: HttpRequest, guest: Guest, changes: Sequence[Change], refusal: Refusal) -> HttpResponse:
    """What the change itself is refused for, as a page that says so: nothing was changed."""
    if refusal.status in (403, 404):
        raise refusal
    with scope(guest.organization.pk):
        place = frame(request, guest, Body({"location": listing.location(changes)}))
        context = {
            **place.context(),
            "section": "hours",
            "refusal": refusal,
            "back": seen_at(request, guest, changes),
        }
    return render(request, "desk/refused.html", context, status=refusal.status)


@page
def apply(request: HttpRequest, guest: Guest) -> HttpResponse:
    """POST: `changes`, `agreed`, and `do_<visit>` with its times: what was shown is done, nothing else; or, with `go`
    next|back, another part of the list. `go` rest keeps the visits nobody looked at. Leads to what came of it; asked for
    with GET, to the hours."""
    if request.method != "POST":
        return redirect("desk:hours", organization=guest.organization.slug)
    sent = body(request)
    changes = coding.loaded(sent.text("changes", coding.LONGEST))
    rights.require_change(guest, changes)
    known, reason, go = choosing.typed(request), sent.text("reason", 300), sent.text("go", 5)
    at, sick = sent.number("page", low=0, high=10_000) or 0, sent.flag("sick")
    seen = coding.versions(sent.text("seen", 5000))
    turn = {"next": 1, "back": -1}.get(go)
    if turn:
        with scope(guest.organization.pk):
            return listing.show(
                request,
                guest,
                changes,
                sick=sick,
                page=max(0, at + turn),
                typed=known,
                reason=reason,
                seen=seen,
            )
    try:
        decisions = choosing.decisions(guest, known, reason)
        if go == "rest" or listing.any_block(changes):
            decisions += _rest(guest, changes, known)
        agreed = sent.text("agreed", 64)
        events = actions.change_hours(
            guest.organization.pk, changes, actor=guest.actor, agreed=agreed, seen=seen
        )
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        with scope(guest.organization.pk):
            return listing.show(
                request,
                guest,
                changes,
                sick=sick,
                page=at,
                typed=known,
                reason=reason,
                refusal=refusal,
                seen=seen,
            )
    outcomes = decide(guest.organization.pk, decisions, guest.actor)
    _tell(guest, outcomes)
    batch = undoing.remember(guest, events, outcomes)
    return redirect("desk:hours_done", organization=guest.organization.slug, key=batch)


def _rest(guest: Guest, changes: Sequence[Change], known: choosing.Typed) -> list[Decision]:
    """The visits nobody looked at are kept. Where time is to be blocked (unlike an illness it can wait) the guest must be
    able to say so of each; 403 else."""
    with scope(guest.organization.pk):
        stranded = ahead(changes, proposals=False).stranded
    kept = choosing.kept(guest, stranded, known)
    said = {*known, *(each.visit_id for each in kept)}
    if listing.any_block(changes) and not said.issuperset(each.visit.pk for each in stranded):
        guest.require("visits.change")
    return kept


def _tell(guest: Guest, outcomes: Sequence[Outcome]) -> None:
    """Clients hear of a move or cancellation after the time in which it can be taken back."""
    what = {"move": "moved", "cancel": "cancelled"}
    for outcome in outcomes:
        told = what.get(outcome.decision.do)
        if outcome.done and told:
            tell(guest.organization.pk, outcome.decision.visit_id, told, guest.actor)  # type: ignore[arg-type]  # the two words


@page
def done(request: HttpRequest, guest: Guest, key: int) -> HttpResponse:
    """GET: what came of it, for who did it; 404 for others."""
    with scope(guest.organization.pk):
        payload = undoing.batch(guest, key).payload
        changes = undoing.made(payload["events"])
        place = frame(request, guest, Body({"location": listing.location(changes)}))
        context = {
            **place.context(), "section": "hours", "summary": listing.summary(changes, place), "batch": key,
            "failed": [_failed(each, place) for each in payload.get("failed", [])], "blocks": listing.any_block(changes),
            "done": _counts(payload["done"]), "seconds": undoing.seconds(), "back": seen_at(request, guest, changes),
        }  # fmt: skip
        return render(request, "desk/hours/done.html", context)


def _counts(deeds: Sequence[Sequence[Any]]) -> list[tuple[str, int]]:
    said = {
        "move": _("moved, their clients are told"), "choose": _("clients choose from times kept for them"),
        "keep": _("kept where they are, marked"), "cancel": _("cancelled, their clients are told"),
    }  # fmt: skip
    done = [do for _visit, do, _version in deeds]
    return [(text, done.count(do)) for do, text in said.items() if do in done]


def _failed(row: Mapping[str, Any], place: Frame) -> dict[str, Any]:
    visit = Visit.objects.filter(pk=row["visit"]).first()
    client = Client.objects.filter(pk=visit.client_id).first() if visit else None
    near = [datetime.fromisoformat(each).astimezone(place.zone) for each in row["near"]]
    return {
        "client": str(client or ""), "message": row["message"], "near": [place.formats.moment(each) for each in near],
        "url": place.url("visit", visit=row["visit"]),
    }  # fmt: skip


def seen_at(request: HttpRequest, guest: Guest, changes: Sequence[Change]) -> str:
    """Where it is seen: the chart of the hours, or the journal's day for blocked time."""
    where = listing.location(changes)
    with scope(guest.organization.pk):
        place = frame(request, guest, Body({"location": where}))
        dates = listing.days(changes, place)
    return _address(
        guest, "day" if listing.any_block(changes) else "hours", where, dates[0] if dates else None
    )


def _address(guest: Guest, name: str, location: int | None, day: date | None) -> str:
    asked = {"location": location, "date": day.isoformat() if day else None}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse(f'desk:{name}', kwargs={'organization': guest.organization.slug})}?{query}"


def nothing(guest: Guest, location_id: int, first: date) -> HttpResponse:
    """There was nothing to change."""
    return redirect(_address(guest, "hours", location_id, first))
