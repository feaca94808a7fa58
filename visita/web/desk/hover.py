"""The small card of a visit under the pointer or the focus: whom to call, how reliable, what is noted, when next."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from visita.bookings import client_visits
from visita.foundation.scope import scope
from visita.identity import rights
from visita.web.components.trades import words
from visita.web.desk import readings
from visita.web.desk.comers import comer
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import frame_of
from visita.web.desk.labels import SIGNS, statuses
from visita.web.desk.visit import seen_card, span_of


@page
def hover(request: HttpRequest, guest: Guest, visit: int) -> HttpResponse:
    """A part of a page for the journal's script."""
    with scope(guest.organization.pk):
        card = seen_card(guest, visit)
        place = frame_of(guest, card.visit)
        readings.note(place, "visit", visit)
        others = guest.may(rights.VISITS_SEE)  # visits with others are no business of who sees only the own
        known = client_visits.around([card.client.pk]) if others else {}
        last = known.get(card.client.pk, (None, None))[0]
        coming = client_visits.next_besides(card.client.pk, card.visit.pk) if others else None
        phones = guest.may(rights.CLIENTS_PHONES)

        def told(moment: datetime | None) -> str:
            return place.formats.moment(moment) if moment else ""

        context: dict[str, Any] = {
            "card": card,
            "client": card.client,
            "phone": card.client.phone if phones else "",
            "email": card.client.email if phones else "",
            "card_url": place.url("client", client=card.client.pk) if guest.may(rights.CLIENTS_SEE) else "",
            "lines": [
                {
                    "time": span_of(card, line, place.formats),
                    "service": line.service,
                    "who": line.resource,
                }
                for line in card.lines
            ],
            "word": statuses()[card.visit.status],
            "sign": SIGNS[card.visit.status],
            "visit": card.visit,
            "comer": comer(words(place.profile.trade).who),
            "last": told(last if last != card.start else None),
            "next": told(coming),
        }
        return render(request, "desk/parts/hover.html", context)
