"""The office's first page: what can be set or seen so far, and the booking link."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from visita.activity import dead
from visita.foundation.scope import scope
from visita.identity import access
from visita.identity.models import User
from visita.marketing import tags
from visita.messaging import limits
from visita.messaging.actions.watch_codes import recent as recent_codes
from visita.tenancy import origins
from visita.web.desk.door import LAST_USED, Guest, page
from visita.web.front.embed.address import base
from visita.web.office.pages import INTERFACE
from visita.web.office.room import CATALOG, DOORS, FIGURES, LOOK, SHARING, Room, enter, show


@login_required
def last_used(request: HttpRequest) -> HttpResponse:
    """`/office/` alone: to the organization used last, else the first one the person belongs to."""
    assert isinstance(request.user, User)
    slugs = [membership.organization.slug for membership in access.memberships(request.user)]
    kept = request.session.get(LAST_USED)
    if not slugs:
        return render(request, "desk/nowhere.html", status=403)
    return redirect("office:home", organization=kept if kept in slugs else slugs[0])


@page
def home(request: HttpRequest, guest: Guest) -> HttpResponse:
    """GET: the cards of pages the guest may open."""
    with scope(guest.organization.pk):
        room = enter(guest, DOORS)
        unused = recent_codes(timedelta(days=1)) if room.may(LOOK) else None
        context = {
            "unused": unused and unused.payload,
            "spent": room.may(LOOK) and limits.spent(),
            "spent_url": room.url("switches"),
            "cards": _cards(room),
            "link": f"{base(request)}/{guest.organization.slug}/",
        }
        return show(request, room, "office/home.html", context)


def _cards(room: Room) -> list[dict[str, Any]]:
    sites = len(room.setting(origins.KEY))
    told = ngettext("%(count)d site", "%(count)d sites", sites) % {"count": sites}
    cards: list[dict[str, Any]] = [
        {
            "may": SHARING,
            "icon": "calendar",
            "name": _("Online booking"),
            "about": _("Where clients find it and how they come to it."),
            "rows": [
                (room.url("site"), _("Link, widget, QR code"), told),
                (room.url("pages"), _("Pages for clients"), "" if room.setting(INTERFACE) else _("closed")),
            ],
        },
        {
            "may": CATALOG,
            "icon": "list",
            "name": _("Services"),
            "about": _("How long they take and when they can be booked."),
            "rows": [(room.url("services"), _("Rules of the services"), "")],
        },
        {
            "may": LOOK,
            "icon": "house",
            "name": _("Your place"),
            "about": _("How it looks to clients, and what happens at the desk."),
            "rows": [
                (room.url("look"), _("Look and photos"), ""),
                (room.url("switches"), _("Queue, waitlist and hints"), ""),
                (f"{room.url('switches')}#limits", _("Limits against false bookings"), ""),
            ],
        },
        {
            "may": LOOK,
            "icon": "bell",
            "name": _("Messages and offers"),
            "about": _("What goes out by itself."),
            "rows": [
                (room.url("letters"), _("Messages about visits"), ""),
                (room.url("failed"), _("Work that failed"), str(dead.how_many() or "")),
            ],
        },
        {
            "may": FIGURES,
            "icon": "chart",
            "name": _("Figures"),
            "about": _("What happens on the booking pages."),
            "rows": [
                (room.url("funnel"), _("From the first look to the booking"), ""),
                *_outside(room),
            ],
        },
    ]
    return [card for card in cards if card["rows"] and room.may(card["may"])]


def _outside(room: Room) -> list[tuple[str, str, str]]:
    """The tags of others, for those who may set them."""
    if not room.may(LOOK):
        return []
    return [
        (
            room.url("measuring"),
            _("Google and Facebook"),
            _("on") if tags.tags(room.rows) else pgettext("a switch", "off"),
        )
    ]
