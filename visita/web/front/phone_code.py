"""The step between the details and the booking where the organization wants phones confirmed by a code (CB-07).

Nothing is kept in the browser: the details travel in the form, the code is bound to the visitor's flow note.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from visita.bookings.actions.hold import extend_hold
from visita.catalog.models import Service
from visita.clients.contacts import Contact
from visita.clients.proofs import proved
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.tenancy import queries, settings
from visita.web.front.flow import Flow
from visita.web.front.forms import DetailsForm
from visita.web.front.me import asking, note
from visita.web.front.me.note import Note
from visita.web.front.place import Place
from visita.web.front.visitor import visitor

PURPOSE: Final = "confirm"


def wanted(place: Place, flow: Flow) -> bool:
    """Whether a service of the visit wants the phone confirmed here; the cascade decides."""
    if not any(row.key == "confirm_phone" and row.value for row in place.rows):
        return False
    with scope(place.id):
        services = Service.objects.in_bulk([item.service for item in flow.items])
    return any(
        settings.value(
            place.rows,
            "confirm_phone",
            location=flow.location,
            specialty=each.specialty_id,
            service=each.pk,
        )
        for each in services.values()
    )


def confirmed(place: Place, flow: Flow, form: DetailsForm) -> bool:
    """Whether the phone of the form was confirmed on the way of this flow."""
    with scope(place.id):
        return proved(_phone(form), PURPOSE, flow.key)


def step(request: HttpRequest, place: Place, flow: Flow, form: DetailsForm) -> HttpResponse | None:
    """The page that waits for the code, or None when the booking may go on. Call it outside any scope.

    Refuses, at the phone's field, what `messaging.one_time` refuses where no code can be sent.
    """
    if not wanted(place, flow) or confirmed(place, flow, form):
        return None
    asked = note.read(request.POST.get("code_note", ""), place.id, PURPOSE)
    if asked is None or (asked.challenge, asked.contact) != (flow.key, _phone(form)):
        return _ask(request, place, flow, _phone(form))
    if "longer" in request.POST:
        flow = _longer(request, place, flow)
        return asking.code_page(request, place, asked, **_way(request, place, flow))
    if "again" in request.POST:
        return asking.again(request, place, asked, known=True, **_way(request, place, flow))
    try:
        asking.check(request, place, asked)
    except Refusal as refusal:
        return asking.code_page(request, place, asked, refusal=refusal, **_way(request, place, flow))
    return None


def _ask(request: HttpRequest, place: Place, flow: Flow, phone: Contact) -> HttpResponse:
    asked = Note(place.id, PURPOSE, phone.kind, phone.value, flow.key, int(clock.now().timestamp()))
    try:
        asking.send(request, place, asked)
    except Refusal as refusal:
        if "work" not in refusal.extra:
            raise Refusal(
                refusal.code, refusal.status, refusal.message, field="phone", **refusal.extra
            ) from None
        early = replace(asked, at=0)
        way = _way(request, place, flow)
        return asking.code_page(request, place, early, refusal=refusal, unsent=True, **way)
    return asking.code_page(request, place, asked, **_way(request, place, flow))


def _phone(form: DetailsForm) -> Contact:
    return Contact("phone", form.cleaned_data["phone"])


def _zone(place: Place, flow: Flow) -> ZoneInfo:
    with scope(place.id):
        return ZoneInfo(queries.location(flow.location).zone)


def _longer(request: HttpRequest, place: Place, flow: Flow) -> Flow:
    try:
        held = extend_hold(place.id, flow.hold, visitor(request))
    except Refusal:
        return replace(flow, until=0)
    return replace(flow, until=int(held.expires_at.timestamp()))


def _way(request: HttpRequest, place: Place, flow: Flow) -> dict[str, Any]:
    """What the page shows besides the code: the hold's clock, the way back to the details."""
    left = flow.until - int(clock.now().timestamp())
    signed = flow.signed() if "longer" in request.POST else request.POST.get("flow", "")
    fields = [(name, value) for name, value in asking.carried(request) if name not in ("flow", "longer")]
    return {
        "template": "front/confirm_phone.html",
        "once": place.url("details", {"flow": signed}),
        "title": _("Confirm your phone"),
        "target": place.url("booking"),
        "back": place.url("more"),
        "carried": [("flow", signed), *fields],
        "held_until": datetime.fromtimestamp(flow.until, UTC).isoformat() if left > 0 else "",
        "held_words": _("Held for you, %(n)s min") % {"n": "{n}"},
        "held_now": _("Held for you, %(n)s min") % {"n": max(0, -(-left // 60))},
        "moment": place.formats.moment(clock.from_minute(flow.minute).astimezone(_zone(place, flow))),
        "step": 3,
    }
