"""The day: the journal's page, its data, and the same day as a list that needs no script."""

from datetime import date
from hashlib import blake2b
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from visita.bookings.journal import journal, journal_json
from visita.foundation.scope import scope
from visita.identity import access, rights
from visita.identity.models import User
from visita.tenancy import look, queries
from visita.web.desk.answers import dumped
from visita.web.desk.door import LAST_USED, Guest, data, page
from visita.web.desk.frame import Frame, frame, only, remember
from visita.web.desk.labels import icons, labels, statuses
from visita.web.desk.reading import query

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
    """`?location=&date=`: the journal's page with its first data inside, so that nothing is asked twice."""
    seen = only(guest)
    with scope(guest.organization.pk):
        place = frame(request, guest, query(request))
        remember(request, guest, place.location)
        found = journal(place.location.pk, place.day, guest.language, seen)
        context = {
            **place.context(),
            **_navigation(place, found, "day"),
            "config": script_config(place),
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
        found = journal(place.location.pk, place.day, guest.language, seen)
        scheme = query(request).text("scheme", 8)
        rows = [row for row in rows_of(found, place) if not scheme or row.get("scheme") == scheme]
        context = {**place.context(), **_navigation(place, found, "list"), "rows": rows}
        context["scheme_links"] = _scheme_links(context, scheme)
        return render(request, "desk/list.html", context)


@data
def journal_data(request: HttpRequest, guest: Guest) -> HttpResponse:
    """The day as JSON; an unchanged one answers 304 to its ETag."""
    seen = only(guest)
    with scope(guest.organization.pk):
        place = frame(request, guest, query(request))
        body = journal_json(place.location.pk, place.day, guest.language, seen)
    tag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    response = HttpResponse(status=304) if request.headers.get("If-None-Match") == tag else dumped(body)
    response["ETag"] = tag
    response["X-Title"] = quote(place.formats.full_day(place.day))
    response["Cache-Control"] = "private, no-cache"
    return response


def _navigation(place: Frame, found: Fields, view: str) -> Fields:
    """Arrows skip closed days; where nothing is open for a month they go by one."""

    def to(when: str | None, shift: int) -> str:
        when = when or date.fromordinal(place.day.toordinal() + shift).isoformat()
        return f"?{urlencode({'location': place.location.pk, 'date': when})}"

    return {
        "view": view,
        "title": place.formats.full_day(place.day),
        "previous": to(found["previous"], -1),
        "next": to(found["next"], 1),
        "today": f"?{urlencode({'location': place.location.pk})}",
        "is_today": place.day == place.today,
        "stats": found["stats"],
        "free": place.formats.length(found["stats"]["free"]),
        "day_url": f"{place.url('day')}?{urlencode({'location': place.location.pk, 'date': place.day.isoformat()})}",
        "then_url": f"{place.url('then')}?{urlencode({'location': place.location.pk, 'date': place.day.isoformat()})}"
        if place.guest.may(rights.HISTORY_SEE) and place.guest.may(rights.VISITS_SEE)
        else "",
        "list_url": f"{place.url('list')}?{urlencode({'location': place.location.pk, 'date': place.day.isoformat()})}",
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


def script_config(place: Frame) -> Fields:
    """What the script must know: addresses, rights, locale, words."""
    guest = place.guest
    return {
        "base": place.url("day"),
        "events": f"/events/{guest.organization.slug}/",
        "locale": place.formats.locale.replace("_", "-"),
        "location": place.location.pk,
        "today": place.today.isoformat(),
        "own": guest.resource_id,
        "photos": photos(place),
        "may": {
            "book": guest.may(rights.VISITS_BOOK),
            "change": guest.may(rights.VISITS_CHANGE) or guest.may(rights.VISITS_CHANGE_OWN),
            "all": guest.may(rights.VISITS_SEE),
            "overbook": guest.may(rights.VISITS_OVERBOOK),
            "override": guest.may(rights.VISITS_OVERRIDE_RULES),
            "clients": guest.may(rights.CLIENTS_SEE),
        },
        "words": labels(),
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
            }
        )
    return rows


def _span(block: Fields, place: Frame) -> str:
    from visita.foundation import clock

    start, end = (clock.from_minute(block[name]).astimezone(place.zone) for name in ("s", "e"))
    return place.formats.span(start, end)
