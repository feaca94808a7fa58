"""Which sites may frame a client's page: the organization's own list, and for the embed pages ours (the preview)."""

from csp.constants import SELF
from django.conf import settings
from django.http import HttpResponse

from visita.tenancy import origins
from visita.web.front.place import Place


def allow_frames(response: HttpResponse, place: Place, *, account: bool = False) -> HttpResponse:
    """Lets the frame of the organization's own tags in, and opens `frame-ancestors` to the listed origins.

    Where none is listed the strict policy of all pages stays, and always on pages of an account: a listed site below the
    same domain would get its cookie.
    """
    if place.tags:
        allow_frame(response, str(settings.TAGS_ORIGIN))
    sites = [*([SELF] if place.frame.embedded else []), *place.setting(origins.KEY)]
    if sites and not account:
        _replace(response, "frame-ancestors", sites)
        response.__dict__["xframe_options_exempt"] = True  # it cannot name sites; the policy does
    return response


def allow_frame(response: HttpResponse, site: str) -> None:
    """Lets one more site be framed by this response."""
    allowed = response.__dict__.get("_csp_replace", {}).get("frame-src", [SELF])
    _replace(response, "frame-src", [*allowed, site])


def _replace(response: HttpResponse, directive: str, sources: list[str]) -> None:
    parts = response.__dict__.setdefault("_csp_replace", {})
    parts[directive] = sources
