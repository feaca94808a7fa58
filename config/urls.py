"""Addresses: sign-in here, the API and the pages in their own packages."""

from django.urls import URLPattern, URLResolver, include, path

from config.environment import ROOT

urlpatterns: list[URLPattern | URLResolver] = [path("accounts/", include("allauth.urls"))]
if (ROOT / "visita" / "api" / "urls.py").exists():
    urlpatterns.append(path("api/v1/", include("visita.api.urls")))
if (ROOT / "visita" / "web" / "urls.py").exists():
    urlpatterns.append(path("", include("visita.web.urls")))
