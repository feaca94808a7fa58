"""The pages where nothing is, or nothing for this reader, in the reader's language: the own one of who is signed in, else the organization's."""

import re

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from visita.foundation.scope import scope
from visita.tenancy import queries
from visita.web.front.place import offered, spoken

_FIRST = re.compile(r"/([a-z0-9-]{1,80})(?:/|$)")


def page(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404; without an organization in the address and nobody signed in the browser's language decides."""
    del exception
    return _told(request, 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: they may not, and may know it."""
    del exception
    return _told(request, 403)


def _told(request: HttpRequest, status: int) -> HttpResponse:
    language = _own(request) or _of_place(request) or translation.get_language() or ""
    with translation.override(language):
        response = HttpResponse(render_to_string(f"{status}.html", request=request), status=status)
    if language:
        response["Content-Language"] = language
    return response


def _own(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    return user.language if user is not None and user.is_authenticated else ""


def _of_place(request: HttpRequest) -> str:
    """What the organization's own pages would speak to this browser; empty outside of one."""
    named = _FIRST.match(request.path_info)
    organization = queries.by_slug(named[1]) if named else None
    if organization is None:
        return ""
    with scope(organization.pk):
        profile = queries.profile()
    languages, wanted = offered(profile), request.GET.get("lang", "")
    return (
        wanted
        if wanted in languages
        else spoken(request.headers.get("Accept-Language", ""), languages) or profile.language
    )
