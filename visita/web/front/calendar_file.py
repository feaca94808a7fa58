"""The visit as an entry for the client's own calendar."""

from django.utils.translation import gettext as _

from visita.bookings.calendar_entry import Entry, calendar
from visita.foundation import ids
from visita.web.front.visit import Booking
from visita.web.front.visit_page import when


def entry(booking: Booking, link: str) -> bytes:
    """The booking as an iCalendar file (RFC 5545); `link` is its manage link."""
    place = booking.place
    whom = ", ".join(booking.whom)
    code = _("Code %(code)s") % {"code": ids.shown(booking.visit.code)}
    made = Entry(
        visit=booking.visit,
        public_id=place.organization.public_id,
        start=booking.start,
        end=booking.end,
        summary=" · ".join(filter(None, [booking.names, whom, place.profile.name])),
        location=when(booking)["where"],
        description=f"{code}\n{link}",
        link=link,
    )
    return calendar([made])
