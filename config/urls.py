"""Addresses: sign-in here, the API and the pages in their own packages."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("accounts/", include("allauth.urls"))]
if find_spec("visita.api.urls"):
    urlpatterns.append(path("api/v1/", include("visita.api.urls")))
if find_spec("visita.web.urls"):
    urlpatterns.append(path("", include("visita.web.urls")))
