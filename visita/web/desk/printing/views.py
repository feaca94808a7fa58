"""Printing: a page with the sheet and its choices for the browser's printer, and the same sheet as a PDF."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from visita.bookings import journal_days
from visita.bookings.journal import journal
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.identity import rights
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame, only
from visita.web.desk.printing import options, pdf, sheet
from visita.web.desk.printing.options import CELLS, FRAMES, PAPERS, Options
from visita.web.desk.printing.pdf import Head
from visita.web.desk.printing.sheet import Facts, Page, Sheet
from visita.web.desk.reading import query
from visita.web.desk.views.choice import Choice, allowed, read
from visita.web.desk.views.tools import Period
from visita.web.desk.views.tools import day as one_day
from visita.web.desk.views.tools import week as week_of
from visita.web.front.embed.address import booking_link
from visita.web.front.embed.qr import picture

Fields = dict[str, Any]
VIEWS = ("day", "rooms", "week")
QR = 30  # millimetres of the code's picture before it is laid on the page


@dataclass(frozen=True, slots=True)
class Wish:
    """What is printed: where and when, of whom, how."""

    place: Frame
    choice: Choice
    period: Period
    options: Options
    sheet: Sheet

    @property
    def pages(self) -> list[Page]:
        """The sheet cut into pages."""
        return self.sheet.pages(self.options.columns(self.choice.view))

    @property
    def title(self) -> str:
        """The date or dates, with the year: paper is kept."""
        return (
            f"{self.period.title}, {self.period.first.year}"
            if self.choice.view != "week"
            else self.period.title
        )


@page
def show(request: HttpRequest, guest: Guest) -> HttpResponse:
    """`?view=day|rooms|week` and the view's own address: the sheet, and the form that says how it shall look."""
    only(guest)
    with scope(guest.organization.pk):
        wish = _wish(request, guest)
        place, chosen = wish.place, wish.options
        kept = _kept(wish)
        context = {
            **place.context(),
            "options": chosen,
            "kept": kept,
            "cells": _words(
                CELLS, {"small": _("Small"), "medium": _("Medium"), "large": _("Large")}, chosen.cell
            ),
            "frames": _words(
                FRAMES, {"lines": _("All lines"), "rows": _("Rows only"), "none": _("None")}, chosen.frame
            ),
            "papers": _words(PAPERS, {"a4": "A4", "a3": "A3"}, chosen.paper),
            "hours": range(25),
            "may_phones": guest.may(rights.CLIENTS_PHONES),
            "title": wish.title,
            "pages": wish.pages,
            "head": _head(request, wish),
            "back": wish.choice.url(place, place.day),
            "pdf_url": f"{place.url('print_pdf')}?{urlencode(kept)}",
            "qr_url": reverse("front:qr", args=[guest.organization.slug, "svg"])
            + f"?location={place.location.pk}&size=24",
        }
        return render(request, "desk/print.html", context)


@page
def as_pdf(request: HttpRequest, guest: Guest) -> HttpResponse:
    """The same sheet as a file."""
    only(guest)
    with scope(guest.organization.pk):
        wish = _wish(request, guest)
        head = _head(request, wish)
    made = pdf.made(wish.pages, head, wish.options)
    name = f"{wish.choice.view}-{wish.period.first.isoformat()}.pdf"
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _wish(request: HttpRequest, guest: Guest) -> Wish:
    values = query(request)
    view = values.text("view", 8) or "day"
    if view not in VIEWS:
        raise Http404
    place, choice, chosen = frame(request, guest, values), read(request, view), options.read(request, guest)
    if view == "week":
        return _week(place, choice, chosen, only(guest))
    found = choice.narrowed(journal(place.location.pk, place.day, guest.language, only(guest)))
    facts = _facts(found["blocks"], chosen, guest)
    period = one_day(place, found["previous"], found["next"])
    return Wish(place, choice, period, chosen, sheet.of_day(found, place, chosen, facts))


def _week(place: Frame, choice: Choice, chosen: Options, seen: int | None) -> Wish:
    period = week_of(place)
    ids = allowed(choice.ids(), seen)
    found = journal_days.days(place.location.pk, period.first, 7, place.guest.language, ids)
    blocks = [block for day in found.days for each in day.blocks.values() for block in each]
    facts = _facts(blocks, chosen, place.guest)
    if ids is not None and len(ids) == 1:
        if not found.resources:
            raise Http404
        made = sheet.of_week_of_one(found, found.resources[0].pk, place, chosen, facts)
    else:
        made = sheet.of_week(found, place, facts)
    return Wish(place, choice, period, chosen, made)


def _facts(blocks: list[Fields], chosen: Options, guest: Guest) -> Facts:
    visits = {block["visit"] for block in blocks if block.get("visit") and block["state"] != "elsewhere"}
    return Facts.load(visits, chosen, guest.may(rights.CLIENTS_PHONES))


def _head(request: HttpRequest, wish: Wish) -> Head:
    place = wish.place
    who = (
        next((c.title for c in wish.sheet.columns), "")
        if wish.choice.resource and wish.choice.view != "week"
        else ""
    )
    moment = place.formats.moment(clock.now().astimezone(place.zone))
    printed = _("Printed by %(who)s, %(when)s") % {"who": str(place.guest.user), "when": moment}
    return Head(
        organization=place.profile.name,
        title=f"{who}, {wish.title}" if who else wish.title,
        location=place.location.name,
        printed=printed,
        page=_("page {number} of {of}"),
        scan=_("Book online"),
        boxes=_("Empty boxes are signs this file has no font for: print from the browser to have them."),
        qr=_code(request, place) if wish.options.qr else None,
    )


def _code(request: HttpRequest, place: Frame) -> bytes:
    slug = place.guest.organization.slug
    return picture(booking_link(request, slug, location=str(place.location.pk), via="qr"), "png", QR)


def _kept(wish: Wish) -> list[tuple[str, str]]:
    """What stands in the address besides the choices of the form."""
    place, values = wish.place, wish.choice.values
    values.pop("find", None)
    here = {"view": wish.choice.view, "location": place.location.pk, "date": place.day.isoformat(), **values}
    return [(name, str(value)) for name, value in here.items()]


def _words(codes: Any, words: dict[str, str], chosen: str) -> list[tuple[str, str, bool]]:
    return [(code, words[code], code == chosen) for code in codes]
