"""The services of a visit, changed in the panel: one of them, a further one, one less. All go through one action."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from visita.bookings import actions, journal_offer, policies
from visita.bookings.journal_visit import Card, Line
from visita.bookings.locking import appointments
from visita.bookings.models import Appointment
from visita.bookings.requests import Moved, PartWish, ServicesRequest
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.identity import rights
from visita.web.desk import class_dates, meanwhile, over
from visita.web.desk.answers import answer
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame_of
from visita.web.desk.over import goes_over
from visita.web.desk.reach import reach
from visita.web.desk.reading import Body, body, moment, query
from visita.web.desk.visit import PART, seen_card, span_of

LONGEST = 2880  # minutes of one part

Near = dict[int | None, tuple[datetime, int | None]]
"""Where a near time takes services of the visit: start and person by appointment."""


@require_http_methods(["GET", "POST"])
@page
def service(request: HttpRequest, guest: Guest, visit: int) -> HttpResponseBase:
    """GET `?part=` (or `?add=1`): the form. POST `part`, `service`, `resource`, `time`, `minutes`, `version`, `instead`
    (a near time: "appointment|start|resource" of each service it moves), `remove`, `force`, `warned`, `override`: the change."""
    guest.require(rights.VISITS_CHANGE)
    if request.method == "GET":
        return _form(request, guest, visit, query(request))
    sent = body(request)
    try:
        over.require(guest, sent)
        done = _change(guest, visit, sent)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        told = meanwhile.told(refusal, guest, visit)
        return _form(request, guest, visit, sent, told)
    if request.headers.get(PART):
        return answer(_done(guest, visit, sent, done))
    return redirect("desk:visit", organization=guest.organization.slug, visit=visit)


def _done(guest: Guest, visit: int, sent: Body, done: Moved) -> dict[str, Any]:
    with scope(guest.organization.pk):
        known = reach(visit)
    said = _("The service is removed") if sent.flag("remove") else _("The services are changed")
    undo = {"visit": visit, "version": done.version, "reach": known}
    return {"go": f"visits/{visit}/", "said": said, "changed": undo}


def _change(guest: Guest, visit: int, sent: Body) -> Moved:
    part = sent.number("part")
    with scope(guest.organization.pk):
        card = seen_card(guest, visit)
        parts = appointments(visit)
        wish = None if sent.flag("remove") else _wish(sent, frame_of(guest, card.visit), card, part)
    if part is not None and part not in {each.pk for each in parts}:
        raise Refusal("changed_meanwhile", 409, _("This service is not in the visit any more."))
    moved = _near(sent)
    wished = [_as_it_is(each, moved) if each.pk != part else wish for each in parts]
    wished += [wish] if part is None else []
    request = ServicesRequest(
        tuple(each for each in wished if each is not None),
        version=sent.required("version"),
        force=sent.flag("force"),
        warned=sent.flag("warned"),
        override=sent.flag("override"),
        merge=True,
    )
    return actions.change_services(guest.organization.pk, visit, request, guest.actor)


def _as_it_is(part: Appointment, moved: Near) -> PartWish:
    """Another of the visit's services, where it is or where a near time takes it along."""
    start, resource = moved.get(part.pk, (None, None))
    return PartWish(part.service_id, part.pk, resource, start)


def _wish(sent: Body, place: Frame, card: Card, part: int | None) -> PartWish:
    """What the form says; a time that was not touched is left to the others, so that all keep their order."""
    resource, (service, start) = sent.number("resource"), class_dates.chosen(sent)
    if service is None:
        raise Refusal("required", 422, _("This is missing."), field="service")
    if near := _near(sent):
        start, resource = near.get(part, (start, resource))
    elif start is not None:
        pass  # a class has its own time
    elif sent.text("time", 8) not in ("", _clock(_line(card, part))):
        line = _line(card, part) or card.lines[0]
        start = moment(sent, line.start.date(), place.zone)
    return PartWish(service, part, resource, start, sent.number("minutes", high=LONGEST))


def _near(sent: Body) -> Near:
    """The near time that was pressed, by appointment (None = the new one); empty where none was."""
    rows = [(*row.split("|"), "", "")[:3] for row in sent.text("instead", 2000).split(",") if row]
    return {
        Body({"instead": part}).number("instead"): (
            Body({"instead": start}).instant("instead"),
            Body({"instead": resource}).number("instead"),
        )
        for part, start, resource in rows
    }


def _line(card: Card, part: int | None) -> Line | None:
    return next((each for each in card.lines if each.id == part), None)


def _clock(line: Line | None) -> str:
    return f"{line.start:%H:%M}" if line else ""


def _form(
    request: HttpRequest, guest: Guest, visit: int, values: Body, refusal: Refusal | None = None
) -> HttpResponse:
    with scope(guest.organization.pk):
        card = seen_card(guest, visit)
        place = frame_of(guest, card.visit)
        line = None if values.flag("add") else _line(card, values.number("part")) or card.lines[0]
        context = {
            **place.context(),
            "visit": card.visit,
            "client": card.client,
            "line": line,
            "time": span_of(card, line, place.formats) if line else "",
            "clock": values.text("time", 8) or _clock(line),
            **_choices(place, card, line, values),
            "minutes": values.number("minutes", high=LONGEST),
            "movable": card.visit.status in policies.MOVABLE,
            "removable": line is not None and len(card.lines) > 1,
            "refusal": refusal,
            "near": (near := _alternatives(refusal, place, card)),
            "no_room": refusal is not None and refusal.code == "slot_taken" and not near,
            "goes_over": goes_over(guest, refusal),
        }
        name = "desk/parts/service.html" if request.headers.get(PART) else "desk/service.html"
        return render(request, name, context, status=refusal.status if refusal else 200)


def _choices(place: Frame, card: Card, line: Line | None, values: Body) -> dict[str, Any]:
    """The services with their prices, the classes with their dates, and who gives any of them."""
    services = journal_offer.services(place.location.pk, place.guest.language, place.profile.language)
    offered = [each for each in services if each["kind"] != "class"]
    who = {resource for each in offered for resource in _givers(each, line)}
    groups: dict[str, list[dict[str, Any]]] = {}
    for each in offered:
        minutes, price = next(iter(each["by"].values()))
        shown = {
            "id": each["id"],
            "name": each["name"],
            "length": place.formats.length(minutes),
            "price": place.formats.price(price, place.profile.currency),
            "by": " ".join(str(resource) for resource in _givers(each, line)),
        }
        groups.setdefault(each["group"], []).append(shown)
    service, at = class_dates.chosen(values)
    chosen = service or (line.service_id if line else None)
    if at is not None:
        picked = class_dates.value(service or 0, at)
    else:
        picked = "" if line is None or service else class_dates.value(line.service_id, line.start)
    ids = {each["id"] for each in offered}
    return {
        "groups": [{"name": name, "services": shown} for name, shown in groups.items()],
        "classes": (classes := class_dates.upcoming(place, line)),
        "date_chosen": picked,
        "kept": None if line is None or line.service_id in ids or _dated(classes, line) else line,
        "service_chosen": chosen,
        "people": journal_offer.people(who | {_who(line) or 0}),
        "resource": values.number("resource") if values.values.get("service") else _who(line),
    }


def _dated(classes: list[class_dates.Dates], line: Line) -> bool:
    own = class_dates.value(line.service_id, line.start)
    return any(each.value == own for one in classes for each in one.dates)


def _givers(service: dict[str, Any], line: Line | None) -> list[int]:
    """Who can be chosen for a service: those who give it here, and whoever has it in the visit already."""
    has = line.resource_id if line is not None and line.service_id == service["id"] else None
    return list(dict.fromkeys([*service["by"], *([has] if has else [])]))


def _who(line: Line | None) -> int | None:
    """Whoever does it now stays chosen; a class has whoever holds it on its date."""
    return line.resource_id if line and not line.session_id else None


def _alternatives(refusal: Refusal | None, place: Frame, card: Card) -> list[dict[str, str]]:
    """Near times of what changes and what follows it, each with its words and what pressing it sends; none over a service
    of the visit that stays."""
    found = refusal.extra.get("alternatives", []) if refusal else []
    return [
        {
            "text": place.formats.moment(_start(near).astimezone(place.zone)),
            "instead": ",".join(
                f"{each['appointment'] or ''}|{each['start']}|{each['resource'] or ''}"
                for each in near["items"]
            ),
        }
        for near in found
        if not _over(near, card)
    ]


def _over(near: dict[str, Any], card: Card) -> bool:
    moved = {each["appointment"] for each in near["items"]}
    stay = [(each.start, each.end) for each in card.lines if each.id not in moved]
    return any(s < _end(each) and e > _start(each) for s, e in stay for each in near["items"])


def _start(near: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(near["start"])


def _end(near: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(near["end"])
