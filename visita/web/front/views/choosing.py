"""Times kept for a client whose visit cannot stay: the page behind the link, and taking one of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from visita.bookings import actions
from visita.bookings.hours import links
from visita.bookings.models import Appointment, Choice, ChoiceStatus, Visit
from visita.bookings.wall import local
from visita.catalog.models import Service
from visita.clients.models import Client
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.foundation.words import text
from visita.scheduling.models import Resource
from visita.tenancy import queries
from visita.web.front.page import acting, reading, show
from visita.web.front.place import Place
from visita.web.front.views.manage import no_link, private
from visita.web.front.waitlist.views import holder


@reading
def see(request: HttpRequest, place: Place, code: str, token: str) -> HttpResponse:
    """GET: the times still kept, or what became of them."""
    try:
        return _page(request, place, links.opened(code, token), token)
    except Refusal as refusal:
        return no_link(request, place, refusal)


@acting
def take(request: HttpRequest, place: Place, code: str, token: str) -> HttpResponse:
    """POST `option`: the visit moves there; back to the page, which says so, or that the times are kept no more."""
    sent = request.POST.get("option", "")
    option = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 3 else -1
    try:
        with scope(place.id):
            choice = links.opened(code, token)
            client = Client.objects.get(pk=Visit.objects.get(pk=choice.visit_id).client_id)
    except Refusal as refusal:
        return no_link(request, place, refusal)
    try:
        actions.take_choice(place.id, choice.code, option, holder(request, client))
    except Refusal as refusal:
        with scope(place.id):
            found = Choice.objects.get(pk=choice.pk)
            said = str(refusal.message) if found.status != ChoiceStatus.ACCEPTED else ""
            return _page(request, place, found, token, said=said, status=refusal.status)
    return private(redirect(place.url("choice", None, code=code, token=token)))


def _page(
    request: HttpRequest, place: Place, choice: Choice, token: str, *, said: str = "", status: int = 200
) -> HttpResponse:
    visit = Visit.objects.get(pk=choice.visit_id)
    location, zone = queries.location(choice.location_id), local(visit).tzinfo
    open_ = (
        choice.status == ChoiceStatus.OPEN and choice.expires_at > clock.now() and visit.status != "cancelled"
    )
    context: dict[str, Any] = {
        "state": "open" if open_ else "taken" if choice.status == ChoiceStatus.ACCEPTED else "over",
        "said": said, "when": place.formats.moment(local(visit)), "what": _services(visit, place),
        "where": location.name, "phone": location.phone or queries.profile().phone,
        "until": place.formats.moment(choice.expires_at.astimezone(zone)),
        "options": [_option(place, each, zone) for each in choice.options] if open_ else [],
        "take_url": place.url("choice-take", None, code=choice.code, token=token),
        "cancelled": visit.status == "cancelled", "title": _("Choose a new time"),
    }  # fmt: skip
    return private(show(request, place, "front/choice.html", context, status=status))


def _services(visit: Visit, place: Place) -> str:
    ids = Appointment.objects.filter(visit_id=visit.pk).values("service_id")
    language = queries.profile().language
    names = Service.objects.filter(pk__in=ids).values_list("name", flat=True)
    return ", ".join(text(name, place.language, language) for name in names)


def _option(place: Place, option: dict[str, Any], zone: Any) -> dict[str, str]:
    start, end = (clock.from_minute(option[name]).astimezone(zone) for name in ("s", "e"))
    who = Resource.objects.filter(pk=option["resource"], kind="person").first()
    return {
        "day": place.formats.full_day(start.date()), "span": place.formats.span(start, end),
        "who": str(who) if who else "",
    }  # fmt: skip
