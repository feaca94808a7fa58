"""The client's door to the room: the manage link opens it, or a pass of the client's account in its place."""

from django.http import Http404, HttpRequest, HttpResponse

from visita.bookings.queries import VisitView
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.integrations.video.models import Side
from visita.integrations.video.rooms import Room, room
from visita.web.desk.answers import answer, problem
from visita.web.front.me.passes import open_visit
from visita.web.front.page import acting, reading, show
from visita.web.front.place import Place
from visita.web.front.views.manage import no_link, private
from visita.web.video.talk import talk
from visita.web.video.words import context, look_again


def _opened(code: str, token: str) -> tuple[VisitView, Room]:
    view = open_visit(code, token)
    found = room(view.visit, view.appointments)
    if found is None:
        raise Http404
    return view, found


@reading
def see(request: HttpRequest, place: Place, code: str, token: str) -> HttpResponse:
    """GET: the room, or when it opens."""
    try:
        view, found = _opened(code, token)
    except Refusal as refusal:
        return no_link(request, place, refusal)
    link = {"code": code, "token": token}
    page = {
        "back": place.url("visit", None, **link),
        "talk_url": request.path + "talk",
        "side": Side.CLIENT.value,
        **context(found, view.zone, place.formats),
    }
    return private(look_again(show(request, place, "video/client.html", page), page["wait"]))


@acting
def says(request: HttpRequest, place: Place, code: str, token: str) -> HttpResponse:
    """POST: pass messages to the staff's browser."""
    try:
        with scope(place.id):
            found = _opened(code, token)[1]
            return answer(talk(request, found, Side.CLIENT))
    except Refusal as refusal:
        return problem(refusal)
