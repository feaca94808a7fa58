"""The staff's door to the room: from the visit's panel, for whoever may see the visit."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from visita.bookings.queries import VisitView
from visita.bookings.queries import visit as by_id
from visita.foundation.scope import scope
from visita.integrations.video.models import Side
from visita.integrations.video.rooms import Room, room
from visita.web.desk.answers import answer
from visita.web.desk.door import Guest, data, page
from visita.web.desk.frame import frame, only
from visita.web.desk.reading import Body
from visita.web.video.talk import talk
from visita.web.video.words import context, look_again


def _opened(guest: Guest, visit_id: int) -> tuple[VisitView, Room]:
    seen, view = only(guest), by_id(visit_id)
    if seen is not None and seen not in {each.resource_id for each in view.appointments}:
        raise Http404
    found = room(view.visit, view.appointments)
    if found is None:
        raise Http404
    return view, found


@page
def see(request: HttpRequest, guest: Guest, visit: int) -> HttpResponse:
    """GET: the room of a visit, with the client's name."""
    with scope(guest.organization.pk):
        view, found = _opened(guest, visit)
        place = frame(request, guest, Body({"location": view.visit.location_id}))
        parts = {"organization": guest.organization.slug, "visit": visit}
        shown = {
            **place.context(),
            **context(found, view.zone, place.formats),
            "client": view.client,
            "back": reverse("desk:visit", kwargs=parts),
            "talk_url": reverse("video:staff_says", kwargs=parts),
            "side": Side.STAFF.value,
        }
        response = look_again(render(request, "video/staff.html", shown), shown["wait"])
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@data
def says(request: HttpRequest, guest: Guest, visit: int) -> HttpResponse:
    """POST: pass messages to the client's browser."""
    with scope(guest.organization.pk):
        found = _opened(guest, visit)[1]
        return answer(talk(request, found, Side.STAFF))
