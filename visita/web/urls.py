"""Addresses of all screens: the desk's before the clients', whose first part matches any name."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = []
if find_spec("visita.web.desk") and find_spec("visita.web.desk.urls"):
    urlpatterns.append(path("", include("visita.web.desk.urls")))
urlpatterns.append(path("", include("visita.web.office.urls")))
urlpatterns.append(path("", include("visita.web.video.urls")))
urlpatterns.append(path("", include("visita.web.waiting.urls")))
urlpatterns.append(path("", include("visita.web.front.embed.urls")))
urlpatterns.append(path("", include("visita.web.front.urls")))
