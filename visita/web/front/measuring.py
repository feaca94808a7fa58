"""Which step of booking a page is, and the count of it after the page is made: no cookie, no address, only sums.

The first page of a visit is told from the next by what browsers say of each request's origin (Sec-Fetch-Site, else
the referrer); nothing has to be remembered for it.
"""

import logging
from urllib.parse import urlsplit

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from visita.foundation.scope import scope
from visita.marketing import funnel
from visita.marketing.actions import count_steps
from visita.web.front.place import Place

_STEPS = {
    "front/places.html": "place",
    "front/services.html": "service",
    "front/when.html": "time",
    "front/details.html": "details",
}
AGAIN = "again"  # the mark of a form that had booked already: it is counted once
_log = logging.getLogger(__name__)


def step_of(request: HttpRequest, template: str) -> str:
    """The step a template stands for, empty for pages that are none (a move uses the page of times too)."""
    at = request.resolver_match
    return "" if at is None or at.url_name in ("move", "to") else _STEPS.get(template, "")


def told(request: HttpRequest, step: str) -> str:
    """What the page may tell the tags that were agreed to: the words of the steps it stands for."""
    at = request.resolver_match
    if at is not None and at.url_name == "visit":
        return "booked" if "new" in request.GET else ""
    return f"view {step}" if step and at is not None and at.url_name == "home" and _enters(request) else step


def mark(response: HttpResponse, step: str) -> HttpResponse:
    """Says on the response which step was reached."""
    response.__dict__["_visita_step"] = step
    return response


def measured(request: HttpRequest, place: Place, response: HttpResponse) -> HttpResponse:
    """Counts what the response says was reached, in a transaction of its own; a failure costs a number, not a page."""
    reached = _reached(request, response)
    device = funnel.device(request.headers.get("User-Agent", "")) if reached else ""
    if device:
        door = {"web": "page"}.get(place.frame.source, place.frame.source)
        who = funnel.Visitor(door, place.language, device, place.frame.channel)
        try:
            with scope(place.id):
                count_steps.here(reached, who)
        except DatabaseError:
            _log.exception("a step of the funnel was not counted")
    return response


def _reached(request: HttpRequest, response: HttpResponse) -> list[str]:
    at = request.resolver_match
    name = at.url_name if at else ""
    if name == "booking":
        again = getattr(response, "_visita_step", "") == AGAIN
        return ["booked"] if response.status_code == 302 and not again else []
    step = getattr(response, "_visita_step", "")
    shown = response.status_code == 200 and (request.method == "GET" or name == "hold")
    if not (step and shown) or _beside(request):
        return []
    return ["view", step] if name == "home" and _enters(request) else [step]


def _beside(request: HttpRequest) -> bool:
    """Another day of the same page, or a page that a browser fetched before anybody asked for it."""
    return "HX-Request" in request.headers or "prefetch" in request.headers.get("Sec-Purpose", "")


def _enters(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site != "same-origin"
    return urlsplit(request.headers.get("Referer", "")).netloc != request.get_host()
