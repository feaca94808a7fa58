"""All clients: searched while typing, filtered by tag and birthday, a page at a time."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from visita.bookings import client_visits, reliability
from visita.clients import base, queries
from visita.clients.base import Listed, Wanted
from visita.clients.models import Client, Tag
from visita.foundation.scope import scope
from visita.identity import rights
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame
from visita.web.desk.reading import Body, query

_BIRTHDAYS = ("today", "month")


@page
def clients(request: HttpRequest, guest: Guest) -> HttpResponse:
    """`?q=&tag=&birthday=today|month&after=` the last client of the page before; `merge=` looks for a client's double."""
    guest.require(rights.CLIENTS_SEE)
    values = query(request)
    with scope(guest.organization.pk):
        place = frame(request, guest, Body({}))
        text, tag = values.text("q", 120), values.number("tag")
        birthday = values.text("birthday", 10)
        same = _same(guest, values.number("merge"))
        wanted = Wanted(
            text,
            tag,
            place.today if birthday in _BIRTHDAYS else None,
            birthday == "month",
            _after(values.number("after")),
            guest.may(rights.CLIENTS_PHONES),
        )
        found = base.listed(wanted)
        context = {
            **place.context(),
            "section": "clients",
            "q": text,
            "same": same,
            "rows": [row for row in _rows(found, place) if same is None or row["client"].pk != same.pk],
            "similar": found.similar,
            "more": _more(found, values),
            "filters": [] if same else _filters(base.tags(), text, tag, birthday, place),
            "filtered": bool(text or tag or birthday),
            "birthday": birthday,
            "tag_chosen": tag,
            "count": _many(base.count(), base.COUNTED, place),
            "phones": guest.may(rights.CLIENTS_PHONES),
            "here": place.url("client_list"),
        }
        return render(request, "desk/clients.html", context)


def _many(count: int, most: int, place: Frame) -> str:
    """A number that is counted no further than `most`."""
    told = place.formats.number(min(count, most))
    return _("more than %(n)s") % {"n": told} if count > most else told


def _same(guest: Guest, pk: int | None) -> Client | None:
    """The client another record of whom is looked for, to be merged."""
    if pk is None:
        return None
    guest.require(rights.CLIENTS_CHANGE)
    guest.require(rights.CLIENTS_PHONES)
    return queries.client(pk)


def _after(pk: int | None) -> tuple[str, str, int]:
    """Where the page begins; a client that is gone begins at the first."""
    client = Client.objects.filter(pk=pk).first() if pk else None
    return (client.last_name, client.first_name, client.pk) if client else ("", "", 0)


def _more(found: Listed, values: Body) -> str:
    if not found.more:
        return ""
    kept = {name: values.values[name] for name in ("tag", "birthday", "merge") if name in values.values}
    return f"?{urlencode({**kept, 'after': found.clients[-1].pk})}"


def _filters(
    tags: list[tuple[Tag, int]], text: str, tag: int | None, birthday: str, place: Frame
) -> list[dict[str, Any]]:
    """Chips: birthdays, then every tag in use; pressing a chosen one takes it away."""
    chips: list[tuple[str, str, str, dict[str, Any], bool, str | None]] = [
        (_("Birthday today"), "", "cake", {"birthday": "today"}, birthday == "today", None),
        (_("Birthday this month"), "", "cake", {"birthday": "month"}, birthday == "month", None),
    ]
    chips += [
        (one.name, one.color, "", {"tag": one.pk}, one.pk == tag, _many(n, base.TAGGED, place))
        for one, n in tags
        if n
    ]
    now: dict[str, Any] = {"q": text, "tag": tag or "", "birthday": birthday}
    return [
        {
            "words": words,
            "color": color,
            "icon": icon,
            "chosen": chosen,
            "count": n,
            "url": f"?{urlencode({**now, **{name: '' if chosen else each for name, each in own.items()}})}",
        }
        for words, color, icon, own, chosen, n in chips
    ]


def _rows(found: Listed, place: Frame) -> list[dict[str, Any]]:
    ids = [client.pk for client in found.clients]
    own = place.guest.may(rights.VISITS_SEE)
    around = client_visits.around(ids) if own else {}
    trust = reliability.of_clients(ids)
    rows = []
    for client in found.clients:
        last, following = around.get(client.pk, (None, None))
        rows.append(
            {
                "client": client,
                "initials": f"{client.first_name[:1]}{client.last_name[:1]}".upper(),
                "tags": found.tags.get(client.pk, []),
                "last": place.formats.day(last.date()) if last else "",
                "next": place.formats.moment(following) if following else "",
                "trust": trust.get(client.pk, reliability.NOBODY),
            }
        )
    return rows
