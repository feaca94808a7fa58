"""Addresses of the embedded pages: every client page again, below `/{organization}/embed/`."""

from django.urls import URLPattern, path

from visita.web.front import urls as front
from visita.web.front.me.urls import urlpatterns as own_pages

app_name = "embed"

_OWN, _FRAMED = "<slug:organization>/", "<slug:organization>/embed/"


def _framed(page: URLPattern) -> URLPattern:
    route = str(page.pattern).replace(_OWN, _FRAMED, 1)
    return path(route, page.callback, {**page.default_args, "embedded": True}, name=page.name)


# Personal pages open in a window of their own: their cookie is not for frames.
urlpatterns = [
    _framed(page)
    for page in front.urlpatterns
    if str(page.pattern).startswith(_OWN) and page not in own_pages
]
