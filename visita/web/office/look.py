"""How the client pages look: logo, background, colour, font, an extra style sheet; photos of the people."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from visita.foundation import pictures
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling import queries as scheduling
from visita.tenancy import look, settings
from visita.tenancy.actions import change_profile, set_picture, set_style
from visita.tenancy.errors import not_found
from visita.web.desk.door import Guest, page
from visita.web.office.room import LOOK, Room, enter, show

_OURS = (look.LOGO, look.BACKGROUND)


@page
def see(request: HttpRequest, guest: Guest) -> HttpResponse:
    """GET: everything that can be set, with what is set now."""
    with scope(guest.organization.pk):
        return _page(request, enter(guest, LOOK))


@page
def picture(request: HttpRequest, guest: Guest) -> HttpResponse:
    """POST `kind`, `file` (or `remove`), for a photo also `resource`."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    kind, resource = request.POST.get("kind", ""), request.POST.get("resource", "")
    with scope(guest.organization.pk):
        room = enter(guest, LOOK)
        known = {str(one.pk) for one in scheduling.resources()}
    if (
        kind not in look.SHAPES
        or (kind == look.PHOTO) != bool(resource)
        or (resource and resource not in known)
    ):
        raise not_found()
    sent = request.FILES.get("file")
    content = None if "remove" in request.POST else sent.read(pictures.LARGEST + 1) if sent else b""
    try:
        number = int(resource) if resource else None
        set_picture(guest.organization.pk, kind, content, actor=guest.actor, resource_id=number)
    except Refusal as refusal:
        return _again(request, room, refusal, {kind + resource: refusal.message})
    return _saved(room)


@page
def style(request: HttpRequest, guest: Guest) -> HttpResponse:
    """POST `accent`, `font`, `sheet`."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    with scope(guest.organization.pk):
        room = enter(guest, LOOK)
    typed = {name: request.POST.get(name, "")[: look.LONGEST + 1] for name in ("accent", "font", "sheet")}
    try:
        with scope(guest.organization.pk, durable=True):  # all of it or nothing
            set_style.here(typed["font"], typed["sheet"], actor=guest.actor)
            change_profile.here({"accent": typed["accent"]}, actor=guest.actor)
    except Refusal as refusal:
        return _again(request, room, refusal, {refusal.field or "": refusal.message}, **typed)
    return _saved(room)


def _saved(room: Room) -> HttpResponse:
    return redirect(f"{room.url('look')}?{urlencode({'saved': 1})}")


def _again(
    request: HttpRequest, room: Room, refusal: Refusal, errors: dict[str, Any], **typed: str
) -> HttpResponse:
    with scope(room.guest.organization.pk):
        return _page(request, room, refusal.status, errors, **typed)


def _page(
    request: HttpRequest, room: Room, status: int = 200, errors: dict[str, Any] | None = None, **typed: str
) -> HttpResponse:
    names, wrong = _names(), errors or {}
    fonts = {
        "": _("As the device"),
        "serif": _("Serif"),
        "classic": _("Classic"),
        "rounded": _("Rounded"),
        "humanist": _("Soft"),
    }
    chosen = typed.get("font", room.setting(look.FONT))
    context = {
        "pictures": [_picture(room, kind, *names[kind], wrong) for kind in _OURS],
        "people": [_picture(room, look.PHOTO, str(one), "", wrong, one.pk) for one in scheduling.resources()],
        "fonts": [(key, name, key == chosen) for key, name in fonts.items()],
        "accent": typed.get("accent", room.profile.accent) or "#0e5c69",
        "sheet": typed.get("sheet", room.setting(look.STYLE)),
        "sheet_error": wrong.get(look.STYLE) or wrong.get(look.FONT) or wrong.get("accent", ""),
        "saved": _("Saved. Clients see it at once.") if "saved" in request.GET else "",
    }
    return show(request, room, "office/look.html", context, status)


def _names() -> dict[str, tuple[str, str]]:
    return {
        look.LOGO: (_("Logo"), _("Square, at least 300 × 300 pixels.")),
        look.BACKGROUND: (_("Background picture"), _("At least 1000 × 400 pixels.")),
    }


def _picture(
    room: Room, kind: str, name: str, hint: str, errors: dict[str, Any], resource: int | None = None
) -> dict[str, Any]:
    digest = settings.value(room.rows, kind, resource=resource)
    slug = room.guest.organization.slug
    return {
        "kind": kind,
        "name": name,
        "hint": hint,
        "resource": resource or "",
        "url": reverse("front:picture", kwargs={"organization": slug, "digest": digest}) if digest else "",
        "error": errors.get(f"{kind}{resource or ''}", ""),
    }
