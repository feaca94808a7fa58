"""Everything from one source: looked at first, cancelled with one press, brought back with one."""

from collections.abc import Iterable
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from visita.bookings import actions, sources
from visita.bookings.actions.together import Outcome
from visita.bookings.models import Visit, Waiting
from visita.bookings.queries import views
from visita.foundation.scope import scope
from visita.identity import rights
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame
from visita.web.desk.reading import Body, body, number, query
from visita.web.desk.visit import seen_card
from visita.web.desk.waitlist import rows as waits


@page
def source(request: HttpRequest, guest: Guest, visit: int) -> HttpResponse:
    """GET `?by=network|phone|email`: what would be cancelled. POST `deed` cancel or restore, and `visits`, with
    `waits` places on the waitlist."""
    guest.require(rights.VISITS_CANCEL_MANY)
    outcome = _act(request, guest) if request.method == "POST" else None
    sent = body(request) if request.method == "POST" else query(request)
    with scope(guest.organization.pk):
        seen_card(guest, visit)
        origin = sources.origin(visit)
        if not origin:
            raise Http404
        by = cast(sources.By, sent.text("by", 10) or next(iter(origin)))
        if by not in origin:
            raise Http404
        place, waiting = frame(request, guest, Body({})), sources.waiting(by, origin[by])
    given_up = _give_up(request, guest, waiting)
    with scope(guest.organization.pk):
        context = {
            **place.context(),
            "visit": visit,
            "by": by,
            "value": origin[by],
            "choices": [(kind, _words(kind), origin[kind]) for kind in sources.KINDS if kind in origin],
            "rows": _rows(sources.coming(by, origin[by]), place),
            "waiting": waits.rows(place, [one for one in waiting if one.pk not in given_up]),
            "given_up": len(given_up),
            "deed": sent.text("deed", 10),
            "outcome": outcome,
            "done": _rows(Visit.objects.filter(pk__in=outcome.done), place) if outcome else [],
        }
        return render(request, "desk/source.html", context)


def _give_up(request: HttpRequest, guest: Guest, waiting: Iterable[Waiting]) -> set[int]:
    """The places on the waitlist that were ticked, of those that come from there."""
    if request.POST.get("deed") != "cancel":
        return set()
    ticked = {number(each) for each in request.POST.getlist("waits")[: sources.MOST]}
    chosen = {one.pk for one in waiting} & ticked
    for one in sorted(pk for pk in chosen if pk is not None):
        actions.leave(guest.organization.pk, one, guest.actor)
    return {pk for pk in chosen if pk is not None}


def _act(request: HttpRequest, guest: Guest) -> Outcome:
    """Only visits that were shown: what came meanwhile is not cancelled unseen."""
    given = request.POST.getlist("visits")[: sources.MOST]
    chosen = [pk for pk in map(number, given) if pk is not None]
    if request.POST.get("deed") == "restore":
        return actions.restore_together(guest.organization.pk, chosen, guest.actor)
    return actions.cancel_together(
        guest.organization.pk, chosen, guest.actor, reason=_("Not a real booking"), silent=True
    )


def _rows(visits: Iterable[Visit], place: Frame) -> list[dict[str, Any]]:
    phones = place.guest.may(rights.CLIENTS_PHONES)
    return [
        {
            "id": view.visit.pk,
            "name": str(view.client),
            "contact": (view.client.phone or view.client.email) if phones else "",
            "when": place.formats.moment(view.local(view.visit.s)),
        }
        for view in views(visits)
    ]


def _words(kind: str) -> str:
    return {"network": _("Network address"), "phone": _("Phone"), "email": _("Email")}[kind]
