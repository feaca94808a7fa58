"""Small files beside the pages: the organization's accent, and the visit as a calendar entry."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from visita.foundation import clock, ids
from visita.foundation.errors import Refusal
from visita.web.components.accent import sheet
from visita.web.front import visit
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


@reading
def calendar(request: HttpRequest, place: Place, code: str, token: str) -> HttpResponse:
    """GET: the visit as `visit.ics`."""
    try:
        booking = visit.load(place, code, token)
    except Refusal as refusal:
        return no_link(request, place, refusal)
    response = HttpResponse(_entry(request, booking), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="visit-{booking.visit.code}.ics"'
    return private(response)


def _entry(request: HttpRequest, booking: Booking) -> bytes:
    place = booking.place
    event = Event()
    event.add("uid", f"{booking.visit.code}@{place.organization.public_id}.visita")
    event.add("sequence", booking.visit.version)
    event.add("dtstamp", clock.now())
    event.add("dtstart", booking.start)
    event.add("dtend", booking.end)
    event.add("summary", f"{booking.names} · {place.profile.name}")
    event.add("location", booking.context()["where"])
    link = request.build_absolute_uri(booking.url("visit"))
    event.add("description", _("Code %(code)s") % {"code": ids.shown(booking.visit.code)} + f"\n{link}")
    event.add("url", link)
    event.add("status", "CANCELLED" if booking.visit.status == "cancelled" else "CONFIRMED")
    found = Calendar()
    found.add("prodid", "-//Visita//EN")
    found.add("version", "2.0")
    found.add_component(event)
    found.add_missing_timezones()
    return bytes(found.to_ical())
