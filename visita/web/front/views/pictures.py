"""Pictures and the own style sheet of an organization, as files of their own that browsers may keep for ever."""

from django.http import Http404, HttpRequest, HttpResponse

from visita.foundation import pictures
from visita.tenancy import look
from visita.web.front.page import reading
from visita.web.front.place import Place

_FOR_EVER = "public, max-age=31536000, immutable"


@reading
def picture(_request: HttpRequest, place: Place, digest: str) -> HttpResponse:
    """GET: a kept picture; the address is its hash, so it never changes."""
    if not pictures.known(place.id, digest):
        raise Http404
    response = HttpResponse(pictures.path_of(place.id, digest).read_bytes(), content_type="image/webp")
    response["Cache-Control"] = _FOR_EVER
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # link previews and the frames of listed sites
    return response


@reading
def style(_request: HttpRequest, place: Place) -> HttpResponse:
    """GET: the font and the organization's own rules; the address carries a mark of both."""
    font = look.FONTS[place.setting(look.FONT)]
    rules = f":root {{ --font: {font}; }}\n" if font else ""
    response = HttpResponse(rules + place.setting(look.STYLE), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = _FOR_EVER
    return response
