"""Checking in by the manage link, on the day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from visita.bookings import queue_errors
from visita.bookings.actions.join_queue import check_in
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.web.front import visit
from visita.web.front.page import acting
from visita.web.front.place import Place
from visita.web.front.views.manage import no_link, private
from visita.web.front.visitor import visitor


@acting
def arrive(request: HttpRequest, place: Place, code: str, token: str) -> HttpResponse:
    """POST: the client is here; back to the visit, which shows the number, or how it stands where it is not the time."""
    try:
        with scope(place.id):
            booking = visit.load(place, code, token)
            client = str(booking.client)
        if booking.remote:  # nobody is anywhere
            return private(redirect(booking.url("visit")))
        check_in(place.id, booking.visit.pk, visitor(request, client))
    except Refusal as refusal:
        if refusal.code != queue_errors.not_checked_in().code:
            return no_link(request, place, refusal)
    return private(redirect(booking.url("visit")))
