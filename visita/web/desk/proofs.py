"""The proofs of consent of a visit, to be shown and printed, in the reader's language and on the place's clock."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from visita.activity.models import Activity
from visita.bookings import consents
from visita.bookings.models import Acceptance
from visita.foundation import scope
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame
from visita.web.desk.labels import door
from visita.web.desk.reading import Body
from visita.web.desk.visit import seen_card
from visita.web.front import ticks


def _takers(found: list[Acceptance]) -> dict[int | None, str]:
    """Who of the staff recorded what a client said or signed, by event."""
    events = [each.activity_id for each in found if each.source == "desk" and each.activity_id]
    rows = Activity.objects.filter(pk__in=events) if events else ()
    return {row.pk: row.actor_label for row in rows}


def _withdrawn(found: list[Acceptance], place: Frame) -> dict[int, str]:
    """When and from where what was accepted was taken back."""
    rows = consents.withdrawals(each.pk for each in found)
    return {
        pk: f"{place.formats.record(row.at.astimezone(place.zone))} · {_whence(row.ip, row.source)}"
        for pk, row in rows.items()
    }


def _whence(ip: str | None, source: str) -> str:
    return f"{ip or '–'} ({door(source)})"


def _rows(found: list[Acceptance], place: Frame) -> list[dict[str, Any]]:
    """A sheet's part for each text that was accepted."""
    takers, withdrawn = _takers(found), _withdrawn(found, place)
    return [
        {
            "accepted": each,
            "words": ticks.pieces(each.label),
            "at": place.formats.record(each.at.astimezone(place.zone)),
            "taker": takers.get(each.activity_id, ""),
            "withdrawn": withdrawn.get(each.pk, ""),
            "whence": _whence(each.ip, each.source),
            "language": place.formats.tongue(each.language),
        }
        for each in found
    ]


@page
def proofs(request: HttpRequest, guest: Guest, visit: int) -> HttpResponse:
    """What was accepted with a visit, word for word, to be shown and printed."""
    with scope.scope(guest.organization.pk):
        card = seen_card(guest, visit)
        found = list(Acceptance.objects.filter(visit_id=visit).order_by("id"))
        if not found:
            raise Http404
        place = frame(request, guest, Body({"location": card.visit.location_id}))
        context = {
            **place.context(),
            "visit": card.visit,
            "client": card.client,
            "code": f"{card.visit.code[:4]}-{card.visit.code[4:]}",
            "when": place.formats.full_day(card.start.date()),
            "time": place.formats.time(card.start),
            "proofs": _rows(found, place),
        }
        return render(request, "desk/proofs.html", context)
