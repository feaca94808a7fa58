"""Addresses: sign-in by the library, programs below /api/v1/, and all screens, the clients' last."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("api/v1/", include("visita.api.urls")),
    path("", include("visita.web.urls")),
]
