"""Which sites may frame a client's page: the organization's own list, and for the embed pages ours (the preview)."""

from csp.constants import SELF
from django.http import HttpResponse

from visita.tenancy import origins
from visita.web.front.place import Place


def allow_frames(response: HttpResponse, place: Place) -> HttpResponse:
    """Opens `frame-ancestors` to the listed origins; where none is listed the strict policy of all pages stays."""
    sites = [*([SELF] if place.frame.embedded else []), *place.setting(origins.KEY)]
    if sites:
        response.__dict__["_csp_replace"] = {
            **getattr(response, "_csp_replace", {}),
            "frame-ancestors": sites,
        }
        response.__dict__["xframe_options_exempt"] = True  # it cannot name sites; the policy does
    return response
