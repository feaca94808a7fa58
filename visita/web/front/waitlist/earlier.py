""" "Move me earlier": the wish on a visit's own page, and ticked while booking."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from visita.bookings.actions import leave, wish_earlier
from visita.bookings.waitlist import queries
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.web.front import visit
from visita.web.front.page import acting
from visita.web.front.place import Place
from visita.web.front.views.manage import no_link, private
from visita.web.front.visitor import visitor


@acting
def wish(request: HttpRequest, place: Place, code: str, token: str) -> HttpResponse:
    """POST: wish it (`anyone`: with somebody else too), or with `end` wish it no more; back to the visit."""
    try:
        with scope(place.id):
            booking = visit.load(place, code, token)
            wished = queries.of_visit(booking.visit.pk)
        actor = visitor(request, str(booking.client))
        if "end" not in request.POST:
            wish_earlier(place.id, booking.visit.pk, actor, anyone="anyone" in request.POST)
        elif wished is not None:
            leave(place.id, wished.pk, actor)
    except Refusal as refusal:
        return no_link(request, place, refusal)
    return private(redirect(booking.url("visit")))
