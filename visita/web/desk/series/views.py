"""The pages of series: repeat a visit or a new one, and what there is of a series. Parts for the panel, pages without script."""

import json
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visita.activity.idempotency import StoredAnswer, kept
from visita.bookings import actions, repeating, series_lookup, series_plan
from visita.bookings.requests import BookRequest
from visita.bookings.series_lookup import Whole
from visita.bookings.series_requests import Chosen, SeriesRequest
from visita.catalog.models import Service
from visita.clients import queries as clients
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.identity import rights
from visita.web.desk import pressed
from visita.web.desk.answers import answer
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame
from visita.web.desk.labels import SIGNS, statuses
from visita.web.desk.reading import Body, body, query
from visita.web.desk.series import reading, rows, words
from visita.web.desk.series.rows import Shown
from visita.web.desk.visit import PART, seen_card

# fields of the rule and of the rows; everything else of the form is the visit's and goes along
_OWN = (
    "unit",
    "every",
    "ends",
    "count",
    "until",
    "book",
    "look",
    "skips",
    pressed.FIELD,
    "csrfmiddlewaretoken",
)
_ROWS = ("row_", "seen_", "day_", "time_", "on_")


@page
def repeat(request: HttpRequest, guest: Guest) -> HttpResponse:
    """`?visit=` or the fields of a new visit; `look` shows the dates of the rule, `book` books what was chosen of them."""
    guest.require(rights.VISITS_BOOK)
    sent = body(request) if request.method == "POST" else query(request)
    if sent.number("visit") is not None:
        with scope(guest.organization.pk):
            seen_card(guest, sent.required("visit"))
    elif sent.values.get("client"):
        guest.require(rights.CLIENTS_SEE)
    if sent.flag("override"):
        guest.require(rights.VISITS_OVERRIDE_RULES)
    if request.method != "POST" or not sent.flag("book") or rows.picks(sent):
        return _form(request, guest, sent)
    try:
        return _done(request, guest, _book(request, guest, sent))
    except Refusal as refusal:
        return _form(request, guest, sent, refusal)


class _Made(NamedTuple):
    """A series that was booked: its id, and how many visits were booked and lost."""

    series: int
    booked: int
    lost: int


def _book(request: HttpRequest, guest: Guest, sent: Body) -> _Made:
    with scope(guest.organization.pk):
        place = frame(request, guest, sent)
        visit = reading.visit(sent, place)
        rule = reading.rule(sent, visit.items[0].start.date())
    plan = []
    for number, value in rows.chosen(sent).items():
        items, price = reading.unpacked(value, visit.items)
        plan.append(Chosen(number, items, price))
    asked = SeriesRequest(visit, rule, tuple(plan), sent.number("visit"), sent.flag("skips"))
    key = pressed.once(guest, "series", sent)

    def told() -> StoredAnswer:
        made = actions.book_series(guest.organization.pk, asked, guest.actor)
        return StoredAnswer(201, json.dumps([made.series_id, len(made.booked), len(made.lost)]).encode())

    answered = pressed.patiently(lambda: kept(guest.organization.pk, key, told) if key else told())
    return _Made(*json.loads(answered.body))


def _done(request: HttpRequest, guest: Guest, made: _Made) -> HttpResponse:
    said = ngettext("%(count)s visit booked", "%(count)s visits booked", made.booked) % {"count": made.booked}
    if made.lost:
        left = ngettext("%(count)s date was taken", "%(count)s dates were taken", made.lost)
        said = f"{said}, {left % {'count': made.lost}}"
    if request.headers.get(PART):
        return answer({"go": f"series/{made.series}/", "said": said})
    return redirect("desk:series", organization=guest.organization.slug, series=made.series)


def _form(request: HttpRequest, guest: Guest, sent: Body, refusal: Refusal | None = None) -> HttpResponse:
    with scope(guest.organization.pk):
        place = frame(request, guest, sent)
        context = {**place.context(), "refusal": refusal, "new_visit": sent.number("visit") is None}
        context["pressed"] = pressed.key()
        context |= _rule_fields(sent, None)
        try:
            visit = reading.visit(sent, place)
            context |= _start(visit, sent, place)
            if request.method == "POST" and "every" in sent.values:  # the form of a new visit has no rule yet
                context |= _dates(visit, sent, place)
        except Refusal as wrong:
            context["refusal"] = refusal or wrong
        context["lost"] = _lost(refusal, place)
        context["carried"] = [(name, value) for name, value in sent.values.items() if _carried(name)]
        name = "desk/series/repeat.html" if request.headers.get(PART) else "desk/series/repeat_page.html"
        shown = context["refusal"]
        return render(request, name, context, status=shown.status if shown else 200)


def _carried(name: str) -> bool:
    return name not in _OWN and not name.startswith(_ROWS)


def _lost(refusal: Refusal | None, place: Frame) -> bool:
    """Whether the dates that were lost can be left out instead."""
    return refusal is not None and refusal.code == "series_conflict"


def _start(visit: BookRequest, sent: Body, place: Frame) -> dict[str, Any]:
    """What repeats, and the fields of the rule."""
    start = visit.items[0].start
    return {
        **_rule_fields(sent, start.weekday()), **_who(visit, place), "starts": place.formats.moment(start),
    }  # fmt: skip


def _dates(visit: BookRequest, sent: Body, place: Frame) -> dict[str, Any]:
    """The dates of the rule, each with what can become of it."""
    start = visit.items[0].start
    rule = reading.rule(sent, start.date())
    booked = sent.number("visit") is not None
    seen = series_plan.plan(visit, rule, booked=booked)
    if rows.picks(sent):
        known = series_plan.load(visit)
        seen = series_plan.with_near(known, rows.with_picked(seen, sent, place, known, visit), visit)
    shown = Shown(place, sent, seen)
    made = [shown.row(each.number, each, _("Leave this date out")) for each in seen]
    return {
        "rows": made, "rule_text": words.rule(rule, start.date(), place.formats), "booked": booked,
        "wrong": sum(not row.free for row in made), "total": _total(seen, place, visit.seats),
    }  # fmt: skip


def _total(seen: list[series_plan.Occasion], place: Frame, seats: int) -> str:
    prices = [each.price for each in seen if each.free]
    if not prices or None in prices:
        return ""
    return place.formats.price(sum(price or 0 for price in prices) * seats, place.profile.currency)


def _rule_fields(sent: Body, weekday: int | None) -> dict[str, Any]:
    """What the fields of the rule show: as sent, else every week, ten visits."""
    on: set[int | None] = {one for one in range(7) if sent.flag(f"on_{one}")}
    usual = {"unit": "week", "every": "1", "ends": "count", "count": "10", "until": ""}
    typed = {name: str(sent.values.get(name) or value)[:10] for name, value in usual.items()}
    return {**typed, "on": on or {weekday}, "most": repeating.MOST}


def _who(visit: BookRequest, place: Frame) -> dict[str, Any]:
    services = Service.objects.in_bulk([item.service_id for item in visit.items])
    named = [
        place.text(services[item.service_id].name) for item in visit.items if item.service_id in services
    ]
    who = str(clients.client(visit.client_id)) if visit.client_id else ""
    if visit.client is not None:
        who = f"{visit.client.first_name} {visit.client.last_name}".strip()
    weekdays = [(one, place.formats.weekday(words.weekday(one))) for one in range(7)]
    return {"what": ", ".join(named), "who": who, "weekdays": weekdays}


@page
def show(request: HttpRequest, guest: Guest, series: int) -> HttpResponse:
    """All visits of a series."""
    guest.require(rights.VISITS_SEE)
    with scope(guest.organization.pk):
        whole = found(series)
        visit = whole.places[0].visit
        place = frame(request, guest, Body({"location": visit.location_id}))
        context = {**place.context(), **about(whole, place), "visits": _visits(whole, place)}
        context["may_change"] = guest.may(rights.VISITS_CHANGE)
        context["may_cancel"] = guest.may(rights.VISITS_CANCEL)
        name = "desk/series/series.html" if request.headers.get(PART) else "desk/series/series_page.html"
        return render(request, name, context)


def found(series_id: int) -> Whole:
    """The series, inside a scope; refuses not_found."""
    whole = series_lookup.whole(series_id)
    if whole is None or not whole.places:
        raise Refusal("not_found", 404, _("There is nothing here."))
    return whole


def about(whole: Whole, place: Frame) -> dict[str, Any]:
    """What every page of a series says: whose it is, how it repeats, how many are left."""
    coming = [one for one in whole.by_time if one.changes]
    first = (coming or whole.by_time)[0]
    client = clients.client(whole.series.client_id)
    return {
        "series": whole.series,
        "client": client,
        "card_url": place.url("client", client=client.pk) if place.guest.may(rights.CLIENTS_SEE) else "",
        "rule_text": words.rule(whole.rule, first.start.date(), place.formats),
        "count": whole.count,
        "left": len(coming),
        "next": place.formats.moment(coming[0].start) if coming else "",
        "anchor": coming[0].visit.pk if coming else None,
    }


def _visits(whole: Whole, place: Frame) -> list[dict[str, Any]]:
    named = statuses()
    return [
        {
            "visit": one.visit, "when": place.formats.moment(one.start), "apart": one.apart, "sign": SIGNS[one.visit.status],
            "word": named[one.visit.status], "number": whole.number(one.visit.pk), "code": f"{one.visit.code[:4]}-{one.visit.code[4:]}",
        }
        for one in whole.by_time
    ]  # fmt: skip
