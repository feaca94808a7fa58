"""The booking link as a QR code, sharp at any printed size."""

from io import BytesIO

import segno
from django.http import Http404, HttpRequest, HttpResponse

from visita.web.front.embed.address import booking_link
from visita.web.front.page import reading
from visita.web.front.place import Place

CARRIED = ("service", "resource", "location", "flow", "lang")
"""What a deep link may choose beforehand; anything else in the address is dropped."""
SMALLEST, USUAL, LARGEST = 15, 40, 300  # millimetres, with the quiet edge of four modules
_DOTS = 300 / 25.4  # dots a millimetre in the picture form: what printers print
_MIME = {"svg": "image/svg+xml", "png": "image/png"}


@reading
def code(request: HttpRequest, place: Place, kind: str) -> HttpResponse:
    """GET `?service=&resource=&location=&flow=&lang=&size=` (mm): the picture, as a file with `&download=1`."""
    if kind not in _MIME:
        raise Http404
    slug = place.organization.slug
    query = {name: request.GET.get(name, "")[:80].replace("\x00", "") for name in CARRIED}
    response = HttpResponse(
        picture(booking_link(request, slug, **query, via="qr"), kind, _size(request.GET.get("size", ""))),
        content_type=_MIME[kind],
    )
    response["Cache-Control"] = "public, max-age=86400"
    if "download" in request.GET:
        response["Content-Disposition"] = f'attachment; filename="{slug}-qr.{kind}"'
    return response


def picture(link: str, kind: str, size: int) -> bytes:
    """The code of a link, `size` millimetres wide; a sixth of it may be scratched away."""
    made, file = segno.make(link, error="m", micro=False), BytesIO()
    wide = made.symbol_size()[0]
    if kind == "svg":
        made.save(file, kind="svg", scale=size / wide, unit="mm", light="white", xmldecl=False)
    else:
        made.save(file, kind="png", scale=max(1, round(size * _DOTS / wide)))
    return file.getvalue()


def _size(text: str) -> int:
    found = int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else USUAL
    return min(max(found, SMALLEST), LARGEST)
