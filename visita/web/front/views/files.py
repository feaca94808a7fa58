"""Small files beside the pages: the organization's accent, and the visit as a calendar entry."""

from django.http import HttpRequest, HttpResponse

from visita.foundation import ids
from visita.foundation.errors import Refusal
from visita.web.components.accent import sheet
from visita.web.front import visit
from visita.web.front.me.passes import is_pass
from visita.web.front.page import reading
from visita.web.front.place import Place
from visita.web.front.views.manage import no_link, private
from visita.web.front.visit import Booking


@reading
def accent(_request: HttpRequest, place: Place) -> HttpResponse:
    """GET: the ten derived colours; the address changes with the colour, so browsers may keep it."""
    response = HttpResponse(sheet(place.profile.accent), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=86400"
    return response


def _lasting(booking: Booking) -> str:
    """An address for a calendar: the manage link, or for who came by a pass, which ends today, the way to find the visit."""
    if is_pass(booking.link["token"]):
        return booking.place.outside("find", {"booking": ids.shown(booking.visit.code)})
    return booking.place.outside("visit", None, **booking.link)


@reading
def calendar(request: HttpRequest, place: Place, code: str, token: str) -> HttpResponse:
    """GET: the visit as `visit.ics`."""
    from visita.web.front.calendar_file import (
        entry,
    )  # a third of a second that not every start should wait for

    try:
        booking = visit.load(place, code, token)
    except Refusal as refusal:
        return no_link(request, place, refusal)
    response = HttpResponse(
        entry(booking, request.build_absolute_uri(_lasting(booking))),
        content_type="text/calendar; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="visit-{booking.visit.code}.ics"'
    return private(response)
