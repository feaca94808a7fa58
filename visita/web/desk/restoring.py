"""From the history: an earlier state of a visit brought back, one change taken back; other times where its own is gone."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from visita.activity.models import Activity
from visita.bookings import actions, states
from visita.bookings.actions import Wish
from visita.bookings.models import VisitStatus
from visita.bookings.requests import Changed
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.identity import rights
from visita.web.desk import over
from visita.web.desk.answers import answer
from visita.web.desk.changes import require
from visita.web.desk.door import Guest, data, page
from visita.web.desk.frame import Frame, frame
from visita.web.desk.reading import Body, body
from visita.web.desk.visit import RESTORING, seen_card, show

_MOST_PARTS = 50
_ONE = re.compile(r"(?P<start>[^|]{16,40})\|(?P<resource>\d{0,19})")
_Deed = Callable[[Guest, int, int, Body], Changed]


def _require(guest: Guest, visit: int, act: int) -> None:
    """Who reads the history and changes visits of everybody, whatever of them; the last change also who made it. 404
    for a visit never seen."""
    with scope(guest.organization.pk):
        card = seen_card(guest, visit)
        last = None if act else Activity.objects.filter(pk=card.visit.activity_id or 0).first()
    changes = (rights.VISITS_STATUS, rights.VISITS_CHANGE, rights.VISITS_CHANGE_OWN)
    own = last is not None and (last.actor_kind, last.actor_id) == (guest.actor.kind, guest.actor.id)
    if own and any(guest.may(right) for right in changes):
        return
    for right in RESTORING:
        guest.require(right)


def _instead(sent: Body) -> list[tuple[datetime, int | None]]:
    """`instead`: "start|resource" for each part, by commas."""
    text = sent.text("instead", 70 * _MOST_PARTS)
    return [_one(piece) for piece in text.split(",")] if text else []


def _one(piece: str) -> tuple[datetime, int | None]:
    match = _ONE.fullmatch(piece)
    if match is None:
        raise Refusal("bad_datetime", 422, _("Write a date and a time."), field="instead")
    return Body({"instead": match["start"]}).instant("instead"), Body(match.groupdict()).number("resource")


def _wish(guest: Guest, act: int, sent: Body, *, alone: bool) -> Wish:
    over.require(guest, sent)
    version = sent.required("version")
    return Wish(
        act, alone, version, _instead(sent), sent.flag("force"), sent.flag("warned"), sent.flag("override")
    )


def _state(guest: Guest, visit: int, act: int, sent: Body) -> Changed:
    return actions.bring_back(guest.organization.pk, visit, _wish(guest, act, sent, alone=False), guest.actor)


def _alone(guest: Guest, visit: int, act: int, sent: Body) -> Changed:
    return actions.bring_back(guest.organization.pk, visit, _wish(guest, act, sent, alone=True), guest.actor)


def _last(guest: Guest, visit: int, act: int, sent: Body) -> Changed:
    """The last change, whichever it was: what a toast's Undo asks for."""
    over.require(guest, sent)
    version, pressed = sent.required("version"), over.pressed(sent)
    return actions.undo_last(guest.organization.pk, visit, guest.actor, version=version, pressed=pressed)


def _cancelled(guest: Guest, visit: int, act: int, sent: Body) -> Changed:
    """Back to confirmed, or with `instead` or `force` the state before the cancellation at another time or over others."""
    version, org = sent.required("version"), guest.organization.pk
    if not sent.text("instead", 70 * _MOST_PARTS) and not sent.flag("force"):
        over.require(guest, sent)
        pressed = over.pressed(sent)
        return actions.restore(org, visit, guest.actor, version=version, merge=True, pressed=pressed)
    with scope(org):
        living = [
            step.act.pk
            for step in states.steps(visit)
            if step.after is not None and step.after.whole["status"] != VisitStatus.CANCELLED
        ]
    if not living:
        raise Refusal("not_found", 404, _("There is nothing here."))
    return actions.bring_back(org, visit, _wish(guest, living[-1], sent, alone=False), guest.actor)


def _status_alone(guest: Guest, visit: int, act: int) -> None:
    require(guest, visit, rights.VISITS_STATUS)


def _deed(
    deed: _Deed, allowed: Callable[[Guest, int, int], None] = _require
) -> Callable[..., HttpResponseBase]:
    """A view of one such deed: JSON for the script with near times as sentences, a form without it."""

    @data
    def by_script(request: HttpRequest, guest: Guest, visit: int, act: int) -> HttpResponse:
        done = _done(request, guest, visit, act)
        return answer({"version": done.version, "status": done.status})

    @page
    def by_form(request: HttpRequest, guest: Guest, visit: int, act: int) -> HttpResponse:
        try:
            _done(request, guest, visit, act)
        except Refusal as refusal:
            if refusal.status in (403, 404):
                raise
            refusal.extra |= {"deed": request.path, "over": over.goes_over(guest, refusal)}
            return show(request, guest, visit, refusal, body(request))
        back = body(request).text("back")
        if url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
            return redirect(back)
        return redirect("desk:visit", organization=guest.organization.slug, visit=visit)

    def _done(request: HttpRequest, guest: Guest, visit: int, act: int) -> Changed:
        allowed(guest, visit, act)
        try:
            return deed(guest, visit, act, body(request))
        except Refusal as refusal:
            if refusal.extra.get("alternatives"):
                with scope(guest.organization.pk):
                    refusal.extra["ways"] = ways(refusal, frame(request, guest, Body({})))
            raise

    @require_POST
    @wraps(deed)
    def view(request: HttpRequest, organization: str, visit: int, act: int = 0) -> HttpResponseBase:
        form = request.content_type != "application/json"
        return (by_form if form else by_script)(request, organization, visit=visit, act=act)

    return view


def ways(refusal: Refusal, place: Frame) -> list[dict[str, Any]]:
    """The near times of a refusal, each with its words and what pressing it sends."""
    found = []
    for near in refusal.extra["alternatives"]:
        parts = near["items"]
        start = datetime.fromisoformat(near["start"])
        sends = ",".join(f"{part['start']}|{part['resource'] or ''}" for part in parts)
        found.append({"text": place.formats.moment(start), "instead": sends})
    return found


state = _deed(_state)
alone = _deed(_alone)
last = _deed(_last)
restoration = _deed(_cancelled, _status_alone)
