"""Addresses below `/api/v1/`: the operations, their description, the reading page, and a 404 in our shape."""

from django.urls import URLPattern, URLResolver, include, path

from visita.api.door import make
from visita.api.public import bookings, holds, manage, organizations
from visita.api.public import waitlist as public_waitlist
from visita.api.reading import description, reading_page
from visita.api.shell import shelled
from visita.api.staff import (
    appointments,
    clients,
    resources,
    series,
    series_change,
    services,
    steps,
    visits,
    waitlist,
    working,
)
from visita.api.unasked import strict

api = make()
for _module in (
    organizations,
    holds,
    bookings,
    manage,
    public_waitlist,
    visits,
    steps,
    services,
    series,
    series_change,
    waitlist,
    appointments,
    clients,
    resources,
    working,
):
    api.add_router("", strict(_module.router))


def _shelled(pattern: URLPattern) -> URLPattern:
    return URLPattern(pattern.pattern, shelled(pattern.callback), pattern.default_args, pattern.name)


urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", shelled(description(api)), name="api-description"),
    path("docs", shelled(reading_page(api)), name="api-docs"),
    *[
        _shelled(pattern)
        for pattern in api.urls[0]
        if isinstance(pattern, URLPattern) and pattern.name != "api-root"
    ],
    path("", include("visita.api.nowhere")),
]
