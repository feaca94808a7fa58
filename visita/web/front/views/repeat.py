"""Repeating a visit by its manage link: choose how often, see every date, book those that suit."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from visita.bookings import actions, series_errors
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.web.front import repeating, visit
from visita.web.front.page import acting, reading, show
from visita.web.front.place import Place
from visita.web.front.views.manage import no_link, private
from visita.web.front.visit import Booking
from visita.web.front.visitor import visitor


@reading
def choose(request: HttpRequest, place: Place, code: str, token: str) -> HttpResponse:
    """GET `?way=&count=`: the question, with `count` also every date."""
    try:
        booking = visit.load(place, code, token)
        found = repeating.offer(booking)
    except Refusal as refusal:
        return no_link(request, place, refusal)
    if found is None:
        return private(redirect(booking.url("visit")))
    return _page(request, booking, found)


def _page(
    request: HttpRequest, booking: Booking, found: repeating.Offer, refusal: Refusal | None = None
) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    context: dict[str, Any] = {
        "booking": booking, "most": found.most, "way": sent.get("way", "week"), "refusal": refusal,
        "count": sent.get("count", "") or min(found.most, 6), "when": booking.place.formats.moment(booking.start),
        "ways": [("week", _("every week")), ("weeks", _("every two weeks")), ("month", _("every month, same weekday"))],
        "here": booking.url("repeat"), "target": booking.url("repetition"), "back": booking.url("visit"),
    }  # fmt: skip
    if sent.get("count"):
        try:
            seen = repeating.plan(found, repeating.rule(sent.dict(), found.most))
            context["rows"] = repeating.shown(booking, seen)
        except Refusal as wrong:
            context["refusal"] = refusal or wrong
    status = context["refusal"].status if context["refusal"] else 200
    return private(show(request, booking.place, "front/repeat.html", context, status))


@acting
def book(request: HttpRequest, place: Place, code: str, token: str) -> HttpResponse:
    """POST `way`, `count`, `row_<n>`: book what was chosen, all or none; back to the visit."""
    try:
        with scope(place.id):
            booking = visit.load(place, code, token)
            found = repeating.offer(booking)
            client = str(booking.client)
        if found is None:
            raise series_errors.bad_series("not_allowed", 0)
    except Refusal as refusal:
        return no_link(request, place, refusal)
    try:
        with scope(place.id):
            repeat = repeating.rule(request.POST.dict(), found.most)
            rows = repeating.chosen(found, repeating.plan(found, repeat), request.POST.dict())
        asked = repeating.series(booking, found, repeat, rows)
        actions.book_series(place.id, asked, visitor(request, client))
    except Refusal as refusal:
        with scope(place.id):
            return _page(request, booking, found, refusal)
    return private(redirect(booking.url("visit", repeated=len(rows))))
