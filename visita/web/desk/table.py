"""Appointments as a table: what the address asks for is read here, shown, kept as a view and given out as a file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from visita.bookings import table, table_ways
from visita.bookings.table import Page, Row
from visita.bookings.table_orders import SORTED
from visita.bookings.table_wanted import CHANGED, Wanted, seen_by
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.foundation.sheets import Cell
from visita.identity import actions as identity
from visita.identity import rights
from visita.identity.models import SavedView
from visita.web.desk import table_file, table_query
from visita.web.desk.answers import answer
from visita.web.desk.door import Guest, data, page
from visita.web.desk.frame import Frame, frame, only
from visita.web.desk.labels import scheme_words
from visita.web.desk.reading import Body, body
from visita.web.desk.table_names import Names

Fields = dict[str, Any]
NAME = "visits"


@dataclass(frozen=True, slots=True)
class Column:
    """`sort` names the order the column's head switches to, `write` gives the cell of a file."""

    label: Any
    sort: str
    write: Callable[[Row, Names], Cell]
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows: just so many, or `more` than that; `open` where nobody has counted yet."""

    number: int
    more: bool = False
    open: bool = False


COLUMNS: dict[str, Column] = {
    "when": Column(gettext_lazy("Date and time"), "when", lambda row, names: names.wall(row, row.s)),
    "length": Column(gettext_lazy("Length"), "length", lambda row, _names: row.e - row.s),
    "client": Column(gettext_lazy("Client"), "client", lambda row, _names: row.client),
    "about": Column(gettext_lazy("For whom"), "about", lambda row, _names: row.about or "", shown=False),
    "phone": Column(gettext_lazy("Phone"), "", lambda row, names: row.phone if names.phones else ""),
    "email": Column(
        gettext_lazy("Email"), "", lambda row, names: row.email if names.phones else "", shown=False
    ),
    "service": Column(
        gettext_lazy("Service"), "service", lambda row, names: names.services.get(row.service, "")
    ),
    "specialty": Column(
        gettext_lazy("Group"), "specialty", lambda row, names: names.specialties.get(row.specialty or 0, "")
    ),
    "who": Column(gettext_lazy("With"), "who", lambda row, names: names.resources.get(row.resource or 0, "")),
    "location": Column(
        gettext_lazy("Location"), "location", lambda row, names: names.locations.get(row.location, "")
    ),
    "status": Column(gettext_lazy("Status"), "status", lambda row, names: names.statuses[row.status]),
    "scheme": Column(
        gettext_lazy("Public or private"),
        "scheme",
        lambda row, _names: dict(scheme_words()).get(row.scheme, "") if row.scheme else "",
        shown=False,
    ),
    "booked": Column(gettext_lazy("Booked on"), "booked", lambda row, names: names.local(row, row.booked)),
    "price": Column(
        gettext_lazy("Price"), "price", lambda row, names: names.amount(row.price_minor, row), shown=False
    ),
    "discount": Column(
        gettext_lazy("Discount"),
        "discount",
        lambda row, names: names.amount(row.discount_minor, row),
        shown=False,
    ),
    "due": Column(
        gettext_lazy("To pay"), "due", lambda row, names: names.amount(row.due_minor, row), shown=False
    ),
    "source": Column(
        gettext_lazy("Source"), "source", lambda row, names: names.source(row.source), shown=False
    ),
    "seats": Column(gettext_lazy("Places"), "seats", lambda row, _names: row.seats, shown=False),
    "code": Column(
        gettext_lazy("Code"), "code", lambda row, _names: f"{row.code[:4]}-{row.code[4:]}", shown=False
    ),
}


@page
def show(request: HttpRequest, guest: Guest) -> HttpResponse:
    """The table; the whole of its state stands in the address."""
    return _table(request, guest, request.GET)


def _table(
    request: HttpRequest,
    guest: Guest,
    query: QueryDict,
    refusal: Refusal | None = None,
    typed: str = "",
    notice: str = "",
) -> HttpResponse:
    """The table of an address; with why a view was not kept and the name that was typed for it, or why there is no file."""
    seen = only(guest)
    with scope(guest.organization.pk):
        place = frame(request, guest, Body({}))
        asked = table_query.read(query, place)
        wanted = table.looked_up(seen_by(asked.wanted, seen))
        names = Names.load(place)
        found = table_ways.page(wanted, asked.after)
        if found.sort != wanted.sort:
            asked, notice = asked.by(found.sort), _unordered(place)
        count = _count(wanted, asked, found, told=table_query.COUNT in query)
        context = {**place.context(), **_shown(query, asked, place, names, found, count)}
        context |= {"section": "table", "refusal": refusal, "typed": typed, "notice": notice}
        context["until"] = _until(found, asked, place)
        status = (
            refusal.status
            if refusal
            else 422
            if asked.wrong or (notice and found.sort == wanted.sort)
            else 200
        )
        return render(request, "desk/table.html", context, status=status)


def _unordered(place: Frame) -> str:
    """Why the rows stand in another order than was asked for."""
    text = _(
        "There may be more than %(n)s services, too many for the order you chose. Choose fewer days to have it."
    )
    return text % {"n": place.formats.number(SORTED)}


def _until(found: Page, asked: table_query.Asked, place: Frame) -> str:
    """How far a page came that looks through many visits for few."""
    if found.until is None:
        return ""
    day = place.formats.dated(table_query.date_of(found.until, place), place.today)
    if asked.wanted.down:
        return _("Looked through back to %(day)s so far; the next page goes on from there.") % {"day": day}
    return _("Looked through up to %(day)s so far; the next page goes on from there.") % {"day": day}


@data
def number(request: HttpRequest, guest: Guest) -> HttpResponse:
    """`{"text": …}`: how many rows the table of this address has. Apart from the page, which does not wait for it."""
    seen = only(guest)
    with scope(guest.organization.pk):
        place = frame(request, guest, Body({}))
        wanted = table.looked_up(seen_by(table_query.read(request.GET, place).wanted, seen))
        return answer({"text": _told(_counted(wanted), place)})


def _count(wanted: Wanted, asked: table_query.Asked, found: Page, *, told: bool) -> Count:
    """What the page says of itself: all of it where it is all, else that there is more; counted where it was asked."""
    if found.until is not None or not (asked.after or found.after):
        return Count(len(found.rows))
    return _counted(wanted) if told else Count(len(found.rows), more=True, open=True)


def _counted(wanted: Wanted) -> Count:
    return Count(*table_ways.counted(wanted))


def _told(count: Count, place: Frame) -> str:
    number = place.formats.number(count.number)
    values = {"count": number, "n": number}
    if count.more:
        return str(_("More than %(count)s services") % values)
    return str(ngettext("%(n)s service", "%(n)s services", count.number) % values)


def _shown(
    query: QueryDict, asked: table_query.Asked, place: Frame, names: Names, found: Page, count: Count
) -> Fields:
    columns = _columns(query, names)
    return {
        "asked": asked,
        "chips": table_query.chips(asked, names, place),
        "ranges": [
            {
                "name": f"{name}{table_query.TYPED}",
                "label": label,
                "text": asked.typed.get(name, ""),
                "wrong": asked.wrong.get(name, ""),
            }
            for name, (label, _measure) in table_query.measures(place).items()
        ],
        "choices": table_query.choices(asked, names),
        "heads": [_head(key, asked) for key in columns],
        "columns": [
            {"key": key, "label": column.label, "on": key in columns}
            for key, column in COLUMNS.items()
            if key not in _WHERE_USED or _WHERE_USED[key](names)
        ],
        "rows": [_row(row, columns, place, names, asked) for row in found.rows],
        "count": _told(count, place),
        "count_url": f"{place.url('table_count')}{asked.link(after=None)}" if count.open else "",
        "count_link": asked.link(**{table_query.COUNT: "1"}),
        "next": asked.link(after=table_query.cursor(found.after)) if found.after else "",
        "first": asked.link(after=None) if asked.after else "",
        "views": list(SavedView.objects.filter(user_id=place.guest.user.pk, table=NAME)),
        "kept": asked.link(after=None).lstrip("?"),
        "may_export": place.guest.may(rights.CLIENTS_EXPORT),
    }


# Columns that only some organizations have
_WHERE_USED: dict[str, Callable[[Names], bool]] = {
    "scheme": lambda names: bool(names.schemes),
    "about": lambda names: names.subjects,
}


def _columns(query: QueryDict, names: Names) -> list[str]:
    """The chosen columns in the table's order; the mark, and whom it is for, by themselves only where there are any."""
    chosen = [key for key in query.getlist("column") if key in COLUMNS]
    used = {key for key, test in _WHERE_USED.items() if test(names)}
    return [key for key in COLUMNS if key in chosen] or [
        key for key, each in COLUMNS.items() if each.shown or key in used
    ]


def _head(key: str, asked: table_query.Asked) -> Fields:
    column = COLUMNS[key]
    on = bool(column.sort) and asked.wanted.sort == column.sort
    down = on and not asked.wanted.down
    link = asked.link(sort=column.sort, down="1" if down else None, after=None) if column.sort else ""
    sorted_ = ("descending" if asked.wanted.down else "ascending") if on else ""
    return {"key": key, "label": column.label, "link": link, "sorted": sorted_}


def _row(row: Row, columns: list[str], place: Frame, names: Names, asked: table_query.Asked) -> Fields:
    links = _links(row, names, asked)
    cells = [
        {"key": key, "text": _cell(key, row, place, names), "link": links.get(key, "")} for key in columns
    ]
    return {
        "visit": row.visit,
        "status": row.status,
        "changed": row.changed,
        "cells": cells,
        "moved": links["moved"],
    }


def _links(row: Row, names: Names, asked: table_query.Asked) -> dict[str, str]:
    """For each cell whose value can be asked for the table with it."""
    booked = names.local(row, row.booked).date().isoformat()
    values: dict[str, dict[str, str]] = {
        "length": {"length": str(row.e - row.s)},
        "price": {} if row.price_minor is None else {"price": str(row.price_minor)},
        "seats": {"places": str(row.seats)},
        "booked": {"booked_from": booked, "booked_to": booked},
        "service": {"service": str(row.service)},
        "who": {"resource": str(row.resource or "")},
        "specialty": {"specialty": str(row.specialty or "")},
        "location": {"location": str(row.location)},
        "status": {"status": row.status},
        "moved": {"status": CHANGED},
    }
    return {
        key: asked.link(after=None, **asks) for key, asks in values.items() if asks and all(asks.values())
    }


_AMOUNTS: dict[str, Callable[[Row], int | None]] = {
    "price": lambda row: row.price_minor,
    "discount": lambda row: row.discount_minor or None,
    "due": lambda row: row.due_minor,
}


def _cell(key: str, row: Row, place: Frame, names: Names) -> str:
    if key == "when":
        start, end = names.wall(row, row.s), names.wall(row, row.e)
        return f"{place.formats.dated(start.date(), place.today)}, {place.formats.span(start, end)}"
    if key == "length":
        return place.formats.length(row.e - row.s)
    if key == "booked":
        booked = names.local(row, row.booked)
        return f"{place.formats.dated(booked.date(), place.today)}, {place.formats.time(booked)}"
    if key in _AMOUNTS:
        return place.formats.price(_AMOUNTS[key](row), row.currency)
    return str(COLUMNS[key].write(row, names) or "")


@page
def export(request: HttpRequest, guest: Guest, form: str) -> HttpResponseBase:
    """The same rows as `visits.csv` or `visits.xlsx`, all pages; recorded with their number (US-06)."""
    if form not in _TYPES:
        raise Http404
    guest.require(rights.CLIENTS_EXPORT)
    seen = only(guest)
    try:
        with scope(guest.organization.pk):
            place = frame(request, guest, Body({}))
            wanted = table.looked_up(seen_by(table_query.read(request.GET, place).wanted, seen))
            file = _file(guest, wanted, _columns(request.GET, names := Names.load(place)), names)
            file.begin(form)
    except table_file.TooMany:
        text = _("A workbook holds %(n)s services here, and these are more. Choose fewer days, or take CSV.")
        return _table(request, guest, request.GET, notice=text % {"n": place.formats.number(table_file.MOST)})
    made = file.csv() if form == "csv" else table_file.pieces(file.xlsx(_("Visits")))
    response = StreamingHttpResponse(made, content_type=_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="visits.{form}"'
    response["Cache-Control"] = "no-store"
    return response


_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _file(guest: Guest, wanted: Wanted, columns: list[str], names: Names) -> table_file.File:
    head = [str(COLUMNS[key].label) for key in columns]
    return table_file.File(
        guest, wanted, head, lambda row: [COLUMNS[key].write(row, names) for key in columns]
    )


@page
def save(request: HttpRequest, guest: Guest) -> HttpResponse:
    """Keep the shown view under a name; a name that cannot be is said beside its field, and stays there.

    Links of the page that says so lead from here to the table.
    """
    if request.method != "POST":
        return redirect(f"{_address(guest)}?{request.GET.urlencode()}")
    sent = body(request)
    kept = sent.text("query", 2000)
    try:
        name = sent.text("name", 60)
        identity.save_view(guest.organization.pk, guest.user.pk, NAME, name, kept, actor=guest.actor)
    except Refusal as refusal:
        return _table(request, guest, QueryDict(kept), refusal, str(sent.values.get("name", "")))
    return redirect(f"{_address(guest)}?{kept}")


@require_POST
@page
def remove(request: HttpRequest, guest: Guest, view: int) -> HttpResponse:
    """Let a kept view go."""
    identity.remove_view(guest.organization.pk, guest.user.pk, view, actor=guest.actor)
    return redirect(_address(guest))


def _address(guest: Guest) -> str:
    return reverse("desk:table", kwargs={"organization": guest.organization.slug})
