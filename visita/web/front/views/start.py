"""The first pages: where (if there are several places), what, and then who and when; one address with a query."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from visita.foundation.scope import scope
from visita.web.front import choice as choices
from visita.web.front import forms, offer
from visita.web.front.choice import Choice
from visita.web.front.offer import Offer
from visita.web.front.page import acting, reading, show
from visita.web.front.picking import PickingPage
from visita.web.front.place import Place
from visita.web.front.services import ServicesPage
from visita.web.front.summary import Part, Subject
from visita.web.front.when import Way, WhenPage


@reading
def home(request: HttpRequest, place: Place) -> HttpResponse:
    """GET: the first thing that is still to be chosen."""
    return next_step(request, place, choices.read(request.GET), Way())


@acting
def when(request: HttpRequest, place: Place) -> HttpResponse:
    """POST: who and when again, with what was typed carried along (a lost time, or back from the details)."""
    with scope(place.id):
        way = Way(typed=forms.typed(request.POST))
        return next_step(request, place, choices.read(request.GET), way)


def next_step(request: HttpRequest, place: Place, choice: Choice, way: Way, **more: Any) -> HttpResponse:
    """The page for a choice: place, service, or who and when. Steps with one choice are skipped."""
    found = offer.load()
    if not found.services_for(None, None):
        return show(request, place, "front/closed.html", {"notice": place.text(place.profile.notice)})
    location = _location(found, choice)
    if location is None:
        return _places(request, place, found, choice)
    service, also = _service(found, choice, location), _further(found, choice, location)
    if choice.view == "several" and also is not None and (service or choice.service is None):
        return _picking(request, place, found, choice, location)
    if service is None or also is None:
        return _services(request, place, found, choice, location)
    return _when(
        request, place, found, choice, Subject(place, found, location, service, also=also), way, **more
    )


def _location(found: Offer, choice: Choice) -> int | None:
    able = [key for key in found.locations if found.services_for(key, choice.resource)]
    known = [found.services[one.service] for one in choice.wanted if one.service in found.services]
    if known:
        able = [key for key in able if all(each in found.services_for(key, None) for each in known)]
        able = [key for key in able if known[0] in found.services_for(key, choice.resource)] or able
    if choice.location in able:
        return choice.location
    return able[0] if len(able) == 1 else None


def _service(found: Offer, choice: Choice, location: int) -> Any:
    able = found.services_for(location, choice.resource)
    if len(able) == 1 and choice.service in (None, able[0].pk):
        return able[0]
    able += [each for each in found.services_for(location, None) if each not in able]
    return next((each for each in able if each.pk == choice.service), None)


def _further(found: Offer, choice: Choice, location: int) -> tuple[Part, ...] | None:
    """The further services of the visit; None when one of them cannot be had together with the rest."""
    able = {each.pk: each for each in found.services_for(location, None) if each.kind != "class"}
    if choice.also and choice.service not in able:
        return None
    parts = []
    for one in choice.also:
        if one.service not in able:
            return None
        people = [each.pk for each in found.people(one.service, location)]
        parts.append(Part(able[one.service], one.resource if one.resource in people else None, one.subject))
    return tuple(parts)


def _status(choice: Choice, *, unknown: bool) -> int:
    return 404 if unknown or choice.broken else 200


def _places(request: HttpRequest, place: Place, found: Offer, choice: Choice) -> HttpResponse:
    open_ = [one for key, one in found.locations.items() if found.services_for(key, None)]
    rows = [
        {
            "name": one.name,
            "second": ", ".join(filter(None, [one.address, one.city])),
            "url": place.url("home", query),
        }
        for one in open_
        for query in [choice.query(location=one.pk)]
    ]
    unknown = choice.location is not None and choice.location not in found.locations
    context = {
        "step": 1,
        "rows": rows,
        "notice": place.text(place.profile.notice),
        "lost": _("This place is not known here. Choose another.") if unknown else "",
    }
    return show(request, place, "front/places.html", context, _status(choice, unknown=unknown))


def _services(
    request: HttpRequest, place: Place, found: Offer, choice: Choice, location: int
) -> HttpResponse:
    unknown = choice.service is not None or (
        choice.resource is not None and choice.resource not in found.resources
    )
    context = ServicesPage(place, found, location, choice).context()
    if unknown:
        context["lost"] = _("This is not offered any more. Choose from what is.")
    return show(request, place, "front/services.html", context, _status(choice, unknown=unknown))


def _picking(request: HttpRequest, place: Place, found: Offer, choice: Choice, location: int) -> HttpResponse:
    """Ticking several services."""
    context = PickingPage(place, found, location, choice).context()
    return show(request, place, "front/services.html", context)


def _when(
    request: HttpRequest, place: Place, found: Offer, choice: Choice, bare: Subject, way: Way, **more: Any
) -> HttpResponse:
    people = [one.pk for one in found.people(bare.service.pk, bare.location)]
    resource = choice.resource if choice.resource in people else None
    if len(people) == 1 and bare.service.kind != "class":
        resource = people[0]
    seats = min(choice.seats, max(1, bare.service.max_party))
    if bare.several:
        seats = 1
    subject = replace(bare, resource=resource, seats=seats)
    unknown = choice.resource is not None and choice.resource not in people
    status = int(more.pop("status", 0)) or _status(choice, unknown=unknown)
    if unknown:
        more.setdefault("lost", _("This choice is not offered any more. Here is everybody who can."))
    context = {**WhenPage(subject, choice, way).context(), **more}
    return show(request, place, "front/when.html", context, status)
