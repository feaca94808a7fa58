"""Another service in a visit: the form in the panel, and the change itself."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from visita.bookings import actions, journal_offer, policies
from visita.bookings.actions import Exchange
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.identity import rights
from visita.web.desk.answers import answer
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import frame_of
from visita.web.desk.reading import Body, body, query
from visita.web.desk.visit import PART, seen_card

LONGEST = 2880  # minutes of one part


@require_http_methods(["GET", "POST"])
@page
def service(request: HttpRequest, guest: Guest, visit: int) -> HttpResponseBase:
    """GET `?part=`: the form. POST `part`, `service`, `resource`, `minutes`, `version`, `force`: the change."""
    guest.require(rights.VISITS_CHANGE)
    if request.method == "GET":
        return _form(request, guest, visit, query(request))
    sent = body(request)
    try:
        _exchange(guest, visit, sent)
    except Refusal as refusal:
        return _form(request, guest, visit, sent, refusal)
    if request.headers.get(PART):
        return answer({"go": f"visits/{visit}/", "said": _("The service is changed")})
    return redirect("desk:visit", organization=guest.organization.slug, visit=visit)


def _exchange(guest: Guest, visit: int, sent: Body) -> None:
    if sent.flag("force"):
        guest.require(rights.VISITS_OVERBOOK)
    wish = Exchange(
        sent.required("part"),
        sent.required("service"),
        sent.number("resource"),
        sent.number("minutes", high=LONGEST),
        sent.required("version"),
        sent.flag("force"),
    )
    actions.exchange(guest.organization.pk, visit, wish, guest.actor)


def _form(
    request: HttpRequest, guest: Guest, visit: int, values: Body, refusal: Refusal | None = None
) -> HttpResponse:
    with scope(guest.organization.pk):
        card = seen_card(guest, visit)
        place = frame_of(guest, card.visit)
        part = values.number("part")
        line = next((each for each in card.lines if each.id == part), card.lines[0])
        services = journal_offer.services(place.location.pk, guest.language, place.profile.language)
        offered = [each for each in services if each["kind"] != "class"]
        people = {who for each in offered for who in each["by"]}
        overbooks = refusal is not None and refusal.code in ("slot_taken", "not_offered")
        context = {
            **place.context(),
            "visit": card.visit,
            "client": card.client,
            "line": line,
            "time": place.formats.span(line.start, line.end),
            "offered": [
                {**each, "price": place.formats.price(next(iter(each["by"].values()))[1], line.currency)}
                for each in offered
            ],
            "service_chosen": values.number("service") or line.service_id,
            "people": journal_offer.people(people),
            "resource": values.number("resource") or line.resource_id,
            "minutes": values.number("minutes", high=LONGEST),
            "movable": card.visit.status in policies.MOVABLE,
            "refusal": refusal,
            "overbooks": overbooks and guest.may(rights.VISITS_OVERBOOK),
        }
        name = "desk/parts/service.html" if request.headers.get(PART) else "desk/service.html"
        return render(request, name, context, status=refusal.status if refusal else 200)
