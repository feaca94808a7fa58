"""The page that runs an organization's outside tags: on an origin of its own, sandboxed, and only after consent.

It has an opaque origin even when opened by itself, so no script of a tag reaches a cookie, a page or another tenant;
all it ever hears is the name of a step. Off unless the install names an origin for it (`TAGS_ORIGIN`).
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from visita.foundation.scope import scope
from visita.marketing.tags import tags
from visita.tenancy import origins, queries
from visita.tenancy.settings import value
from visita.web.front.embed.address import base


def address(slug: str) -> str:
    """Where an organization's tags run; empty where the install has no origin for them."""
    return f"{settings.TAGS_ORIGIN}/tags/{slug}/" if settings.TAGS_ORIGIN else ""


def page(request: HttpRequest, organization: str) -> HttpResponse:
    """GET at the tags' own host: nothing to see, only the scripts that were agreed to. 404 at every other host."""
    if not settings.TAGS_ORIGIN or urlsplit(settings.TAGS_ORIGIN).netloc != request.get_host():
        raise Http404
    found = queries.by_slug(organization)
    if found is None:
        raise Http404
    with scope(found.pk):
        rows = queries.setting_rows()
    if not (set_ := tags(rows)):
        raise Http404
    hosts = {"google": settings.GOOGLE_TAGS, "facebook": settings.FACEBOOK_TAGS}
    response = render(request, "front/tags.html", {"tags": set_, **hosts})
    around = " ".join([base_of_pages(request), *value(rows, origins.KEY)])
    response["Content-Security-Policy"] = f"sandbox allow-scripts; frame-ancestors {around}"
    response["Cache-Control"] = "public, max-age=300"
    response.__dict__["xframe_options_exempt"] = True
    return response


def base_of_pages(request: HttpRequest) -> str:
    """The origins of our own pages, which hold the frame; in development the machine's own under another name."""
    set_ = [origin for origin in (settings.FRONT_ORIGIN, settings.PUBLIC_URL) if origin]
    return " ".join(set_) or base(request).replace("localhost", "127.0.0.1")
