"""Put booking on your site: the code generator with its preview, the QR code, and the sites that may show the frame."""

from typing import Any
from urllib.parse import urlencode

from csp.constants import SELF
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.tenancy import origins
from visita.tenancy.actions import set_embed_origins
from visita.web.desk.door import Guest, page
from visita.web.front import offer
from visita.web.front.embed.address import LOADER, base, booking_link
from visita.web.front.embed.qr import CARRIED
from visita.web.office.room import SHARING, Room, enter, show
from visita.web.office.sharing_form import SharingForm
from visita.web.office.snippet import FRAMED, snippet


@page
def site(request: HttpRequest, guest: Guest) -> HttpResponse:
    """GET: the generator; what is wished stands in the address, so it can be kept and sent on."""
    with scope(guest.organization.pk):
        room = enter(guest, SHARING)
        return _page(request, room, origins_typed="\n".join(room.setting(origins.KEY)))


@page
def preview(request: HttpRequest, guest: Guest) -> HttpResponse:
    """GET: an empty page with nothing on it but the code, for the frame beside the generator."""
    with scope(guest.organization.pk):
        room = enter(guest, SHARING)
        form = SharingForm(request.GET, room, offer.load())
        response = render(
            request, "office/preview.html", {"loader": LOADER, **_made(request, room, form)["parts"]}
        )
    response.__dict__["_csp_replace"] = {"frame-ancestors": [SELF]}
    response.__dict__["xframe_options_exempt"] = True
    response["Cache-Control"] = "no-store"
    return response


@page
def sites(request: HttpRequest, guest: Guest) -> HttpResponse:
    """POST `origins`, one a line: the sites that may show the booking pages in a frame."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    typed = request.POST.get("origins", "")[:20_000]
    with scope(guest.organization.pk):
        room = enter(guest, SHARING)
    try:
        set_embed_origins(guest.organization.pk, typed.split(), actor=guest.actor)
    except Refusal as refusal:
        with scope(guest.organization.pk):
            error = {"origins_typed": typed, "origins_error": refusal.message}
            return _page(request, room, status=refusal.status, **error)
    return redirect(f"{room.url('site')}?{urlencode({'saved': 1})}#sites")


def _page(request: HttpRequest, room: Room, status: int = 200, **context: Any) -> HttpResponse:
    form = SharingForm(request.GET, room, offer.load())
    made = _made(request, room, form)
    saved = _("Saved. Browsers follow at once.") if "saved" in request.GET else ""
    return show(request, room, "office/site.html", {"form": form, "saved": saved, **made, **context}, status)


def _made(request: HttpRequest, room: Room, form: SharingForm) -> dict[str, Any]:
    """The code for the form's wishes, its parts for the preview, and the addresses of the pictures."""
    slug = room.guest.organization.slug
    wishes = form.wishes()
    chosen = {name: wishes.get(name, "") for name in CARRIED}
    kind = wishes["form"]
    link = booking_link(request, slug, **chosen, via="link" if kind != "qr" else "qr")
    look = {"theme": wishes["theme"] if wishes["theme"] != "light" else ""}
    if kind in ("popup", "floating"):
        look = {"color": wishes["color"], "ink": wishes["ink"], **look}
    query = urlencode({key: value for key, value in chosen.items() if value})
    return {
        "kind": kind,
        "framed": kind in FRAMED,
        "code": snippet(kind, link, wishes["words"], look, base(request) + LOADER),
        "link": link,
        "parts": {"kind": kind, "link": link, "words": wishes["words"], "look": look},
        "preview_url": f"{room.url('preview')}?{urlencode(wishes)}",
        "qr_svg": f"{reverse('front:qr', kwargs={'organization': slug, 'kind': 'svg'})}?{query}",
        "qr_png": f"{reverse('front:qr', kwargs={'organization': slug, 'kind': 'png'})}?{query}",
    }
