"""Addresses of the client's pages as the world outside writes them."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

LOADER = "/static/embed-1.js"


def base(request: HttpRequest) -> str:
    """The origin of the client's pages: as set, else the one that was asked."""
    return str(settings.FRONT_ORIGIN or settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}")


def own_origins(request: HttpRequest) -> tuple[str, ...]:
    """Our own sites, whose preview may show the pages in a frame too."""
    asked = f"{request.scheme}://{request.get_host()}"
    return tuple(dict.fromkeys(filter(None, (asked, settings.PUBLIC_URL, settings.FRONT_ORIGIN))))


def booking_link(request: HttpRequest, slug: str, **query: Any) -> str:
    """The first booking page with what is chosen already; empty values are left out."""
    given = {key: value for key, value in query.items() if value not in (None, "")}
    path = base(request) + reverse("front:home", kwargs={"organization": slug})
    return f"{path}?{urlencode(given)}" if given else path
