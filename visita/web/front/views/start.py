"""The first pages: where (if there are several places), what, and then who and when; one address with a query."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from visita.foundation import clock
from visita.foundation.scope import scope
from visita.web.front import branches, forms, offer
from visita.web.front import choice as choices
from visita.web.front.choice import Choice
from visita.web.front.guard import arrives
from visita.web.front.offer import Offer
from visita.web.front.page import acting, reading, show
from visita.web.front.picking import PickingPage
from visita.web.front.place import Place
from visita.web.front.services import ServicesPage
from visita.web.front.summary import Part, Subject
from visita.web.front.then import FreeThen
from visita.web.front.walking import NOWHERE, Walk
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


@reading
def linked(request: HttpRequest, place: Place, link: str) -> HttpResponse:
    """GET: the booking path behind a link of its own."""
    return next_step(request, place, replace(choices.read(request.GET), link=link), Way())


def next_step(request: HttpRequest, place: Place, choice: Choice, way: Way, **more: Any) -> HttpResponse:
    """The first page of the path that still has something to choose. Steps with one choice are skipped."""
    everything = offer.load()
    if not everything.services_for(None, None):
        return show(request, place, "front/closed.html", {"notice": place.text(place.profile.notice)})
    walk = Walk(place, everything, choice, way.typed, first=not choice.begun or arrives(request))
    for step in walk.steps:
        page = walk.asked(step["step"]) or walk.own(step)
        if page is not None:
            status = page.pop("status", 200)
            return show(request, place, "front/step.html", page, max(status, _status(choice, unknown=False)))
        response = _chosen(request, walk, step["step"], way)
        if response is not None:
            return response
    location = _location(walk.offer, walk.choice)
    if location is None:
        return _places(request, walk)
    return _final(request, walk, location, way, **more)


def _chosen(request: HttpRequest, walk: Walk, step: str, way: Way) -> HttpResponse | None:
    """The page of places or services while one of them is to be chosen."""
    found, choice = walk.offer, walk.choice
    location = _location(found, choice)
    if step == "location" and location is None:
        return _places(request, walk)
    if step != "service":
        return None
    service, also = _service(found, choice, location), _further(found, choice, location)
    if choice.view == "several" and also is not None and (service or choice.service is None):
        picking = PickingPage(walk.place, found, location, choice, way.typed)
        if picking.able():
            context = {**picking.context(), "chosen": walk.chosen()}
            return show(request, walk.place, "front/services.html", context)
    return _services(request, walk, location) if service is None or also is None else None


def _final(request: HttpRequest, walk: Walk, location: int, way: Way, **more: Any) -> HttpResponse:
    found, choice = walk.offer, walk.choice
    service, also = _service(found, choice, location), _further(found, choice, location)
    if service is None or also is None:
        return _services(request, walk, location)
    subject = Subject(walk.place, found, location, service, also=also)
    return _when(request, walk, subject, way, **more)


def _location(found: Offer, choice: Choice) -> int | None:
    able = [key for key in found.locations if found.services_for(key, choice.resource)]
    able = able or [
        key for key in found.locations if found.services_for(key, None)
    ]  # whoever was meant has gone
    known = [found.services[one.service] for one in choice.wanted if one.service in found.services]
    if known:
        able = [key for key in able if all(each in found.services_for(key, None) for each in known)]
        able = [key for key in able if known[0] in found.services_for(key, choice.resource)] or able
    if choice.location in able:
        return choice.location
    return able[0] if len(able) == 1 else None


def _service(found: Offer, choice: Choice, location: int | None) -> Any:
    able = found.services_for(location, choice.resource)
    if len(able) == 1 and choice.service in (None, able[0].pk):
        return able[0]
    able += [each for each in found.services_for(location, None) if each not in able]
    return next((each for each in able if each.pk == choice.service), None)


def _further(found: Offer, choice: Choice, location: int | None) -> tuple[Part, ...] | None:
    """The further services of the visit; None when one of them cannot be had together with the rest."""
    able = {each.pk: each for each in found.services_for(location, None)}
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


def _places(request: HttpRequest, walk: Walk) -> HttpResponse:
    place, found, choice = walk.place, walk.offer, walk.choice
    open_ = [key for key in found.locations if found.services_for(key, None)]
    unknown = choice.location is not None and choice.location not in found.locations
    city = walk.city(open_)
    if city is not None and not unknown:
        return show(request, place, "front/step.html", city, _status(choice, unknown=False))
    name = "when" if walk.typed else "home"
    inside = [key for key in open_ if (found.locations[key].city or NOWHERE) == choice.city]
    context = {
        **walk.frame(),
        "rows": branches.rows(place, found, choice, inside or open_, name),
        "cities": place.url(name, choice.query(city="", location=None)) if choice.city else "",
        "lost": _("This place is not known here. Choose another.") if unknown else "",
    }
    return show(request, place, "front/places.html", context, _status(choice, unknown=unknown))


def _services(request: HttpRequest, walk: Walk, location: int | None) -> HttpResponse:
    choice = walk.choice
    unknown = choice.service is not None or (
        choice.resource is not None and choice.resource not in walk.offer.resources
    )
    context = ServicesPage(walk.place, walk.offer, location, choice, walk.typed).context()
    context["chosen"] = walk.chosen()
    if unknown:
        context["lost"] = _("This is not offered any more. Choose from what is.")
    return show(request, walk.place, "front/services.html", context, _status(choice, unknown=unknown))


def _when(request: HttpRequest, walk: Walk, bare: Subject, way: Way, **more: Any) -> HttpResponse:
    found, choice = walk.offer, walk.choice
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
    if choice.at:
        choice = replace(
            choice, day=clock.from_minute(choice.at).astimezone(found.zone(subject.location)).date()
        )
    page = WhenPage(subject, choice, replace(way, people_last=walk.person_last))
    more.setdefault("notice", walk.notice)
    if choice.at and page.people_last and resource is None:
        then = FreeThen(page, choice.at)
        if then.people:
            return show(request, walk.place, "front/free_then.html", then.context(walk.chosen()))
        more.setdefault("lost", then.taken())
    return show(request, walk.place, "front/when.html", {**page.context(), **more}, status)
