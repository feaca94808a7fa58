"""The strip of parked visits as the desk's script draws it, on every day of the location."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from visita.bookings.parked import Parked, parked
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.web.desk.answers import answer
from visita.web.desk.door import Guest, data
from visita.web.desk.frame import Frame, frame, only
from visita.web.desk.reading import query


@data
def strip(request: HttpRequest, guest: Guest) -> HttpResponse:
    """`?location=`: who lies aside there, where each still stands, who laid it there, and its blocks to lift it by."""
    seen = only(guest)
    with scope(guest.organization.pk):
        place = frame(request, guest, query(request))
        found = parked(place.location.pk, (guest.language, place.profile.language), seen)
        return answer({"parked": [_card(each, place) for each in found]})


def _card(each: Parked, place: Frame) -> dict[str, Any]:
    start = clock.from_minute(each.visit.s).astimezone(place.zone)
    return {
        "visit": each.visit.pk,
        "version": each.visit.version,
        "date": start.date().isoformat(),
        "when": place.formats.moment(start),
        "past": each.visit.s < clock.minute(),
        "by": each.by,
        "since": place.formats.moment(each.since.astimezone(place.zone)),
        "blocks": each.blocks,
    }
