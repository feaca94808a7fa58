"""Outside tags: the ids of a Google Tag Manager container and a Facebook pixel, which run after consent only."""

from urllib.parse import urlencode

from django.conf import settings as install
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.marketing import tags
from visita.tenancy.actions import set_setting
from visita.web.desk.door import Guest, page
from visita.web.office.room import LOOK, Room, enter, show

_KEYS = ("tag_manager", "facebook_pixel")


@page
def measuring(request: HttpRequest, guest: Guest) -> HttpResponse:
    """GET: what is set. POST both ids; one that cannot be an id is told at its field, and neither is changed."""
    with scope(guest.organization.pk):
        room = enter(guest, LOOK)
        if request.method != "POST":
            return _page(request, room, {key: room.setting(key) for key in _KEYS}, {})
    typed = {key: request.POST.get(key, "")[:40].strip() for key in _KEYS}
    wrong = {key: _hints()[key] for key, value in typed.items() if not tags.fits(key, value)}
    if not wrong:
        try:
            with scope(guest.organization.pk, durable=True):
                for key, value in typed.items():
                    set_setting.here(key, value, actor=guest.actor)
        except Refusal as refusal:
            wrong = {_KEYS[0]: str(refusal.message)}
    if wrong:
        with scope(guest.organization.pk):
            return _page(request, room, typed, wrong)
    return redirect(f"{room.url('measuring')}?{urlencode({'saved': 1})}")


def _page(request: HttpRequest, room: Room, values: dict[str, str], wrong: dict[str, str]) -> HttpResponse:
    names, hints = _names(), _hints()
    fields = [
        {
            "key": key,
            "name": names[key],
            "hint": hints[key],
            "value": values[key],
            "error": wrong.get(key, ""),
        }
        for key in _KEYS
    ]
    context = {
        "fields": fields,
        "possible": bool(install.TAGS_ORIGIN),
        "saved": _("Saved. Clients see it at once.") if "saved" in request.GET else "",
    }
    return show(request, room, "office/measuring.html", context, 422 if wrong else 200)


def _names() -> dict[str, str]:
    return {"tag_manager": "Google Tag Manager", "facebook_pixel": "Facebook Pixel"}


def _hints() -> dict[str, str]:
    return {
        "tag_manager": _("The container's id, such as GTM-ABC1234. Empty: none."),
        "facebook_pixel": _("The pixel's number, such as 123456789012345. Empty: none."),
    }
