"""Work that was given up after many attempts: messages that did not leave, offers that were not made; to be tried again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from visita.activity import dead
from visita.foundation.scope import scope
from visita.web.desk.door import Guest, page
from visita.web.desk.reading import body
from visita.web.office.room import LOOK, Room, enter, show


@page
def failed(request: HttpRequest, guest: Guest) -> HttpResponse:
    """GET: the list, newest first. POST `errand` (none: all): once more."""
    with scope(guest.organization.pk):
        room = enter(guest, LOOK)
        if request.method != "POST":
            return _page(request, room)
    dead.try_again(guest.organization.pk, body(request).number("errand"))
    return redirect(room.url("failed"))


def _page(request: HttpRequest, room: Room) -> HttpResponse:
    rows = [(row, room.formats.moment(row.at) if row.at else "", _about(row.consumer)) for row in dead.dead()]
    return show(request, room, "office/failed.html", {"rows": rows})


def _about(consumer: str) -> str:
    """What an errand is, in words of the office."""
    words = {
        "visit.told": _("A message to a client about a visit"),
        "visit.letters": _("A message to a client about a visit"),
        "waitlist.letters": _("A message to somebody on the waitlist"),
        "waitlist.fill": _("Offering a freed time"),
        "waitlist.expiry": _("Ending an offer nobody answered"),
    }
    return words.get(consumer, consumer)
