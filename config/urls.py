"""Addresses: sign-in by the library, programs below /api/v1/, and all screens, the clients' last."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView

from visita.web import health

handler400 = "visita.web.plain.bad_request"
handler403 = "visita.web.missing.forbidden"
handler404 = "visita.web.missing.page"

urlpatterns = [
    path("", RedirectView.as_view(url="/desk/")),
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("accounts/", include("visita.web.accounts.urls")),
    path("api/v1/", include("visita.api.urls")),
    re_path(r"^api(?:/|$)", include("visita.api.nowhere")),
    path("", include("visita.web.urls")),
]
