"""A new visit as its form was typed: the same for one booking and for a visit that repeats."""

from django.utils.translation import gettext_lazy as _

from visita.bookings.requests import BookRequest, ClientDetails, Item
from visita.foundation.errors import Refusal
from visita.foundation.text import LONGEST_NOTE
from visita.web.desk import asking, further, party
from visita.web.desk.frame import Frame
from visita.web.desk.reading import Body, moment

LONGEST = 2880  # minutes of one visit


def visit(sent: Body, place: Frame) -> BookRequest:
    """The request, without going over anything but rules (`warned`, `override`: the caller asks for the right).

    Refuses what is no number, no time, or names nobody, and what does not fit together. Inside a scope.
    """
    start, length = moment(sent, place.day, place.zone), sent.number("minutes", high=LONGEST)
    client_id, together = sent.number("client"), party.read(sent)
    first = Item(sent.required("service"), sent.number("resource"), start, length)
    return BookRequest(
        items=(*party.items(sent, place, first, together), *further.items(sent)),
        client=None if client_id else _details(sent),
        client_id=client_id,
        location_id=place.location.pk,
        subject=together.subject,
        others=together.others,
        seats=sent.number("seats", high=500) or 1,
        fields=asking.answers(sent),
        consents=asking.told(sent),
        note=sent.text("note", LONGEST_NOTE),
        scheme=sent.text("scheme", 8),
        staff=True,
        warned=sent.flag("warned"),
        override=sent.flag("override"),
    )


def _details(sent: Body) -> ClientDetails:
    """A new client as typed; the name must be there, the rest is checked by the action."""
    first, last = sent.text("first_name", 120), sent.text("last_name", 120)
    if not first:
        raise Refusal("required", 422, _("Choose a client or write a first name."), field="first_name")
    return ClientDetails(first, last, sent.text("phone", 40), sent.text("email", 254))
