"""What was decided about visits that cannot stay: as typed on one page after the other, and as decisions."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from visita.bookings import queries
from visita.bookings.hours.ahead import Stranded
from visita.bookings.hours.deciding import Decision
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.web.desk.door import Guest
from visita.web.desk.hours import coding, rights
from visita.web.desk.reading import Body, day, moment

Typed = dict[int, Mapping[str, Any]]
"""By visit: `do`, `version`, `place`, `date`, `time`, `resource` as text, and `option` as a list of them."""

_FIELDS = ("do", "version", "place", "date", "time", "resource")
_MOST_OPTIONS = 5


def typed(request: HttpRequest) -> Typed:
    """What the pages before carried along, with what this one says."""
    sent = request.POST
    found = coding.decided(sent.get("decided", ""))
    for name in sent:
        head, _bar, number = name.partition("_")
        if head != "do" or not number.isdecimal() or len(number) > 18:
            continue
        row: dict[str, Any] = {each: sent.get(f"{each}_{number}", "") for each in _FIELDS}
        row["option"] = sent.getlist(f"option_{number}")[:_MOST_OPTIONS]
        found[int(number)] = row
    return found


def taken(known: Typed) -> Iterator[tuple[int, int, int]]:
    """The places already chosen on other pages, as (resource, s, e); how long each is, is not said: an hour stands for it."""
    for row in known.values():
        chosen = {"move": [row.get("place")], "choose": row.get("option")}.get(str(row.get("do"))) or []
        for text in chosen:
            start, _colon, resource = str(text).partition(":")
            if start.isdecimal() and resource.isdecimal() and len(start) < 10 and len(resource) < 19:
                yield int(resource), int(start), int(start) + 60


def decisions(guest: Guest, known: Typed, reason: str) -> list[Decision]:
    """One for each visit that was decided about, `reason` noted with those cancelled; refuses what is not in the form, and 403 for what the role does not
    allow."""
    found = []
    for visit, row in known.items():
        do = str(row.get("do"))
        if do not in ("move", "keep", "cancel", "choose"):
            raise Refusal("bad_choice", 422, _("This value cannot be used."), field=f"do_{visit}")
        if not rights.may_decide(guest, do):
            guest.require("visits.change")
        found.append(_decision(guest, visit, do, row, reason))
    rights.require_decisions(guest, found)
    return found


def kept(guest: Guest, stranded: tuple[Stranded, ...], known: Typed) -> list[Decision]:
    """Those on pages nobody opened stay where they are, as far as the guest may say so."""
    rest = [each.visit for each in stranded if each.visit.pk not in known]
    with scope(guest.organization.pk):
        mine = [each for each in rest if guest.may("visits.change") or rights.is_own(guest, each.pk)]
    return [Decision(each.pk, each.version, "keep") for each in mine if rights.may_decide(guest, "keep")]


def _decision(guest: Guest, visit: int, do: Any, row: Mapping[str, Any], reason: str) -> Decision:
    version = Body({f"version_{visit}": row.get("version")}).required(f"version_{visit}")
    if do == "choose":
        texts = row.get("option")
        options = tuple(_option(text) for text in (texts if isinstance(texts, list) else [])[:_MOST_OPTIONS])
        return Decision(visit, version, "choose" if options else "keep", options=options)
    if do == "move":
        start, resource = _where(guest, visit, row)
        return Decision(visit, version, "move", start, resource)
    return Decision(visit, version, do, reason=reason)


def _where(guest: Guest, visit: int, row: Mapping[str, Any]) -> tuple[datetime, int | None]:
    """A proposed place, or another date, time and person typed by hand."""
    if row.get("place") != "other":
        return _option(row.get("place"))
    with scope(guest.organization.pk):
        zone = ZoneInfo(queries.visit(visit).visit.zone)
    by_hand = Body({f"{name}_{visit}": row.get(name) for name in ("date", "time", "resource")})
    when = day(by_hand.text(f"date_{visit}", 10))
    if when is None:
        raise Refusal("required", 422, _("Write a date and a time."), field=f"date_{visit}")
    clock_time = Body({"time": by_hand.text(f"time_{visit}", 8)})
    return moment(clock_time, when, zone), by_hand.number(f"resource_{visit}")


def _option(text: Any) -> tuple[datetime, int | None]:
    start, _colon, resource = str(text).partition(":")
    if not (start.isdecimal() and resource.isdecimal() and len(start) < 10 and len(resource) < 19):
        raise Refusal("bad_choice", 422, _("Choose one of the times."), field="place")
    return clock.from_minute(int(start)), int(resource)
