"""The day: the journal's page, its data, and the same day as a list that needs no script."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from visita.bookings.journal import journal
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.identity import access, rights
from visita.identity.models import User
from visita.tenancy import look, queries
from visita.web.components.trades import words
from visita.web.desk import shared
from visita.web.desk.answers import since
from visita.web.desk.comers import script_words
from visita.web.desk.door import LAST_USED, Guest, data, page
from visita.web.desk.figures import figures
from visita.web.desk.frame import Frame, frame, only, remember
from visita.web.desk.fresh import build
from visita.web.desk.labels import icons, labels, statuses
from visita.web.desk.queue.views import strip_of
from visita.web.desk.reading import query
from visita.web.desk.views import liked
from visita.web.desk.views.choice import Choice, read
from visita.web.desk.views.marks import search_context
from visita.web.desk.views.tools import day as one_day
from visita.web.desk.views.tools import tools

Fields = dict[str, Any]


def last_used(request: HttpRequest) -> HttpResponse:
    """`/desk/` alone: to the organization used last, else the first one the person belongs to; to the own day of who sees
    only that."""
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")
    assert isinstance(request.user, User)
    found = {each.organization.slug: each for each in access.memberships(request.user)}
    slug = request.session.get(LAST_USED)
    if slug not in found:
        slug = next(iter(found), None)
    if slug is None:
        return render(request, "desk/nowhere.html", status=403)
    own = found[slug].resource_id is not None and not rights.may(found[slug].role, rights.VISITS_SEE)
    return redirect("desk:agenda" if own else "desk:day", organization=slug)


@page
def day(request: HttpRequest, guest: Guest) -> HttpResponse:
    """`?location=&date=&resource=&service=`: the journal's page with its first data inside, so that nothing is asked twice.

    The bare address leads to the view the person used last.
    """
    only(guest)
    if not request.GET:
        with scope(guest.organization.pk):
            before = liked.last(guest, frame(request, guest, query(request)))
        if before:
            return redirect(before)
    return _picture(request, guest, "day")


@page
def rooms(request: HttpRequest, guest: Guest) -> HttpResponse:
    """The same picture of rooms and devices alone."""
    return _picture(request, guest, "rooms")


def _picture(request: HttpRequest, guest: Guest, view: str) -> HttpResponse:
    seen = only(guest)
    with scope(guest.organization.pk):
        place = frame(request, guest, query(request))
        remember(request, guest, place.location)
        choice = read(request, view)
        kept = liked.remember(guest, choice)
        found = choice.narrowed(journal(place.location.pk, place.day, guest.language, seen))
        ask = {**choice.values, "rooms": 1 if view == "rooms" else None}
        ask.pop("find", None)
        context = {
            **place.context(),
            **strip_of(place),
            **_navigation(place, found, choice),
            **search_context(request, place),
            "config": {**script_config(place, kept), "ask": ask},
            "journal": found,
        }
        return render(request, "desk/day.html", {**context, "icons": icons()})


@page
def listing(request: HttpRequest, guest: Guest) -> HttpResponse:
    """The same day as a table, by time."""
    seen = only(guest)
    with scope(guest.organization.pk):
        place = frame(request, guest, query(request))
        remember(request, guest, place.location)
        choice = read(request, "list")
        liked.remember(guest, choice)
        found = choice.narrowed(journal(place.location.pk, place.day, guest.language, seen))
        scheme = query(request).text("scheme", 8)
        rows = [row for row in rows_of(found, place) if not scheme or row.get("scheme") == scheme]
        context = {**place.context(), **_navigation(place, found, choice), "rows": rows, "live": place.live}
        context |= search_context(request, place)
        context["scheme_links"] = _scheme_links(context, scheme)
        return render(request, "desk/list.html", context)


@data
def journal_data(request: HttpRequest, guest: Guest) -> HttpResponse:
    """The day as JSON, narrowed by `resource`, `service` or `rooms`; an unchanged one answers 304 to its ETag.

    Who sends that and `A-IM: blocks` gets 226 and the changes alone, where they are the shorter answer (RFC 3229).
    """
    seen = only(guest)

    def made() -> Fields:
        place = frame(request, guest, query(request))
        choice = read(request, "rooms" if query(request).flag("rooms") else "day")
        found = choice.narrowed(journal(place.location.pk, place.day, guest.language, seen))
        return {**found, shared.TITLE: place.formats.full_day(place.day)}

    with scope(guest.organization.pk):
        key = (guest.organization.pk, guest.language, seen, *_asked(request, guest))
        reading = shared.DAYS.get(shared.snapshot(), key, made)
    response = since(request, reading, shared.DAYS.earlier(key, request.headers.get("If-None-Match")))
    response["X-Title"] = quote(reading.title)
    return response


def _asked(request: HttpRequest, guest: Guest) -> tuple[object, ...]:
    """Which day is meant: an address that says all of it means the same to everybody, and not even its place is read."""
    if request.GET.get("location", "").strip() and request.GET.get("date", "").strip():
        return (request.META["QUERY_STRING"],)
    place = frame(request, guest, query(request))
    return (request.META["QUERY_STRING"], place.location.pk, place.day)


def _navigation(place: Frame, found: Fields, choice: Choice) -> Fields:
    """The toolbar with the figures above it."""
    return {
        **tools(place, choice, one_day(place, found["previous"], found["next"])),
        **figures(place, found["stats"], place.day, place.day),
        "then_url": f"{place.url('then')}?{urlencode({'location': place.location.pk, 'date': place.day.isoformat()})}"
        if place.guest.may(rights.HISTORY_SEE) and place.guest.may(rights.VISITS_SEE)
        else "",
    }


def _scheme_links(context: Fields, scheme: str) -> list[tuple[str, str, str, bool]]:
    """(code, word, address, chosen) of the marks to filter by."""
    choices = [("", _("All")), *context["schemes"]] if context["schemes"] else []
    return [
        (code, word, f"{context['list_url']}&scheme={code}" if code else context["list_url"], code == scheme)
        for code, word in choices
    ]


def photos(place: Frame) -> dict[int, str]:
    """The addresses of people's photos, by resource; one query for all."""
    slug = place.guest.organization.slug
    return {
        row.scope_id: reverse("front:picture", kwargs={"organization": slug, "digest": row.value})
        for row in queries.setting_rows()
        if row.key == look.PHOTO and row.scope_kind == "resource" and row.value
    }


def script_config(place: Frame, kept: Mapping[str, Any] = MappingProxyType({})) -> Fields:
    """What the script must know: addresses, rights, locale, words."""
    guest = place.guest
    return {
        "base": place.url("day"),
        "events": f"/events/{guest.organization.slug}/",
        "locale": place.formats.locale.replace("_", "-"),
        "location": place.location.pk,
        "today": place.today.isoformat(),
        "build": build(),
        "own": guest.resource_id,
        "photos": photos(place),
        "may": {
            "book": guest.may(rights.VISITS_BOOK),
            "change": guest.may(rights.VISITS_CHANGE) or guest.may(rights.VISITS_CHANGE_OWN),
            "all": guest.may(rights.VISITS_SEE),
            "hours": guest.may(rights.WORKING_TIME_CHANGE),
            "ownHours": guest.may(rights.WORKING_TIME_CHANGE_OWN),
            "overbook": guest.may(rights.VISITS_OVERBOOK),
            "override": guest.may(rights.VISITS_OVERRIDE_RULES),
            "clients": guest.may(rights.CLIENTS_SEE),
        },
        "source": "journal.json",
        "ask": {},
        "liked": {
            "scale": kept.get("scale"),
            "cancelled": kept.get("cancelled", False),
            "colour": kept.get("colour", "status"),
        },
        "words": labels() | script_words(words(place.profile.trade).who),
    }


def rows_of(found: Fields, place: Frame) -> list[Fields]:
    """Main claims by time; rooms and helpers of the same appointment stand in the same row."""
    names = {column["id"]: column["name"] for column in found["resources"]}
    words = statuses()
    helpers: dict[int, list[str]] = {}
    for block in found["blocks"]:
        if block["role"] and block.get("appointment"):
            helpers.setdefault(block["appointment"], []).append(names[block["resource"]])
    rows, marks = [], dict(place.schemes)
    for block in sorted(found["blocks"], key=lambda block: (block["s"], block["resource"])):
        if block["role"] or block["state"] == "elsewhere":
            continue
        also = helpers.get(block.get("appointment") or 0, [])
        who = ", ".join([names[block["resource"]], *dict.fromkeys(also)])
        marked = marks.get(block.get("scheme", ""), "")
        rows.append(
            {
                **block,
                "marked": marked,
                "who": who,
                "word": words[block["state"]],
                "time": _span(block, place),
                "over_midnight": _over_midnight(block, place),
            }
        )
    return rows


def _over_midnight(block: Fields, place: Frame) -> bool:
    days = {clock.from_minute(at).astimezone(place.zone).date() for at in (block["s"], block["e"] - 1)}
    return days != {place.day}


def _span(block: Fields, place: Frame) -> str:
    start, end = (clock.from_minute(block[name]).astimezone(place.zone) for name in ("s", "e"))
    return place.formats.span_on(place.day, start, end)
