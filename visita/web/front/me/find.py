"""Finding a booking by its code and the contact it was made with (BK-15): a one-time code to that contact opens all."""

from django.http import HttpRequest, HttpResponse

from visita.bookings.own import is_of
from visita.clients import contacts
from visita.clients.contacts import Contact
from visita.foundation import ids
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.foundation.text import missing
from visita.identity.origin import neighbourhood
from visita.identity.rate import Limit, hit
from visita.web.front.me import asking, note
from visita.web.front.page import acting, reading, show
from visita.web.front.place import Place
from visita.web.front.views.manage import private

_TRIES = Limit(20, 60)  # codes of bookings one address may try in an hour, right or wrong


@reading
def page(request: HttpRequest, place: Place) -> HttpResponse:
    """GET: the question for the booking's code (filled in from `?booking=`) and a contact."""
    return _page(request, place, request.GET.get("booking", "")[:20].replace("\x00", ""), "")


@acting
def code(request: HttpRequest, place: Place) -> HttpResponse:
    """POST `booking` and `contact`: the same answer whether they belong together or not."""
    booking = request.POST.get("booking", "")[:40].replace("\x00", "")
    typed = request.POST.get("contact", "")[:254].replace("\x00", "")
    try:
        if not ids.read_code(booking):
            raise missing("booking")
        contact = contacts.read(typed, place.profile.country)
        hit(_TRIES, place.id, "find", neighbourhood(request))
        with scope(place.id):
            known = belongs(contact, booking)
        asked = note.new(place.id, "find", contact)
        asking.send(request, place, asked, known=known)
    except Refusal as refusal:
        return _page(request, place, booking, typed, refusal)
    return asking.entrance(request, place, asked)


def belongs(contact: Contact, booking: str) -> bool:
    """Whether a booking's code, as typed, is of somebody with this contact. Inside a scope."""
    people = [each.pk for each in contacts.people(contact)]
    return is_of(ids.read_code(booking)[:8], people)


def _page(
    request: HttpRequest, place: Place, booking: str, typed: str, refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        "booking": booking,
        "typed": typed,
        "target": place.outside("find-code"),
        "me_url": place.outside("me"),
        "at_booking": refusal is not None and refusal.field == "booking",
        **asking.refused(refusal),
    }
    response = show(request, place, "front/me/find.html", context, refusal.status if refusal else 200)
    return asking.retry(private(response), refusal)
