"""A person's card: photo, full name, position, what they give; edited by whoever may change resources (JR-01)."""

from typing import Any

from babel import Locale
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from visita.catalog.models import Service, ServiceResource
from visita.foundation import pictures
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.identity import rights
from visita.scheduling import actions, queries
from visita.scheduling.models import Resource
from visita.tenancy import look
from visita.tenancy import queries as tenancy
from visita.tenancy.actions import set_picture
from visita.tenancy.models import Profile
from visita.web.desk.day import photos
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame, only
from visita.web.desk.reading import Body, body, query


@require_http_methods(["GET", "POST"])
@page
def person(request: HttpRequest, guest: Guest, resource: int) -> HttpResponseBase:
    """GET: the card. POST `title`, `name`, `occupation_<language>`, `version`: the facts as typed."""
    if request.method == "GET":
        return _show(request, guest, resource)
    guest.require(rights.RESOURCES_CHANGE)
    sent = body(request)
    try:
        version = sent.required("version")
        actions.change_resource(
            guest.organization.pk, resource, _facts(guest, resource, sent), actor=guest.actor, version=version
        )
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _show(request, guest, resource, refusal, sent)
    return redirect("desk:person", organization=guest.organization.slug, resource=resource)


def _facts(guest: Guest, resource: int, sent: Body) -> dict[str, Any]:
    """As typed; words in languages that are not offered any more stay."""
    with scope(guest.organization.pk):
        found, codes = queries.resource(resource), _languages(tenancy.profile())
    typed = {code: sent.text(f"occupation_{code}", 200) for code in codes}
    return {
        "title": sent.text("title", 80),
        "name": sent.text("name", 200),
        "occupation": {**found.occupation, **typed},
    }


@require_POST
@page
def photo(request: HttpRequest, guest: Guest, resource: int) -> HttpResponseBase:
    """POST `file`, or `remove`."""
    guest.require(rights.RESOURCES_CHANGE)
    with scope(guest.organization.pk):
        queries.resource(resource)
    sent = request.FILES.get("file")
    content = None if "remove" in request.POST else sent.read(pictures.LARGEST + 1) if sent else b""
    try:
        set_picture(guest.organization.pk, look.PHOTO, content, actor=guest.actor, resource_id=resource)
    except Refusal as refusal:
        return _show(request, guest, resource, refusal)
    return redirect("desk:person", organization=guest.organization.slug, resource=resource)


def _show(
    request: HttpRequest,
    guest: Guest,
    resource: int,
    refusal: Refusal | None = None,
    sent: Body | None = None,
) -> HttpResponse:
    own = only(guest)
    with scope(guest.organization.pk):
        found = queries.resource(resource)
        place = frame(request, guest, query(request))
        context = {
            **place.context(),
            "person": found,
            "photo": photos(place).get(found.pk, ""),
            "position": place.text(found.occupation),
            "values": _values(found, sent),
            "occupations": _occupations(found, place, sent),
            "gives": _gives(found, place),
            "may_change": guest.may(rights.RESOURCES_CHANGE),
            "own_only": own not in (None, found.pk),
            "refusal": refusal,
        }
        return render(request, "desk/person.html", context, status=refusal.status if refusal else 200)


def _values(found: Resource, sent: Body | None) -> dict[str, Any]:
    return dict(sent.values) if sent else {"title": found.title, "name": found.name}


def _languages(profile: Profile) -> list[str]:
    """Those of the organization's pages, its own first."""
    return list(dict.fromkeys([profile.language, *profile.languages]))


def _occupations(found: Resource, place: Frame, sent: Body | None) -> list[dict[str, str]]:
    """The position in each language, named in the reader's."""
    kept = sent.values if sent else {f"occupation_{code}": text for code, text in found.occupation.items()}
    return [
        {"code": code, "language": _named(code, place), "value": str(kept.get(f"occupation_{code}", ""))}
        for code in _languages(place.profile)
    ]


def _named(code: str, place: Frame) -> str:
    return Locale.parse(code, sep="-").get_display_name(place.formats.locale) or code


def _gives(found: Resource, place: Frame) -> list[dict[str, str]]:
    """Its services with their own lengths and prices, in the catalogue's order."""
    own = {row.service_id: row for row in ServiceResource.objects.filter(resource_id=found.pk)}
    rows = Service.objects.filter(pk__in=own, archived_at=None).order_by("position", "pk")
    return [
        {
            "name": place.text(row.name),
            "length": place.formats.length(minutes)
            if (minutes := own[row.pk].minutes or row.minutes)
            else "",
            "price": place.formats.price(_price(row, own[row.pk]), place.profile.currency),
        }
        for row in rows
    ]


def _price(service: Service, own: ServiceResource) -> int | None:
    return service.price_minor if own.price_minor is None else own.price_minor
