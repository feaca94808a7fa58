"""Settings that a place, specialty, service or person has of its own, which go before those of the page of switches: told one
by one, each with a way back to the common rule."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visita.catalog import queries as catalog
from visita.foundation.words import text
from visita.scheduling import queries as scheduling
from visita.tenancy import queries
from visita.tenancy.actions import set_setting
from visita.tenancy.errors import not_found
from visita.tenancy.settings import Row
from visita.web.office.room import Room
from visita.web.office.switches_form import PARTS, Field, times

_PAIR = (1 << 32) - 1
_OTHER = {
    "queue": (
        Field("queue", "switch", gettext_lazy("People may come without a time and take a number")),
        Field("walk_in", "switch", gettext_lazy("Offered at the kiosk")),
    )
}
SHOWN = {("queue", "location"), ("walk_in", "service")}
"""Ticks of their own on the page; there is no other rule they could follow."""


def listed(room: Room, part: str) -> list[dict[str, str]]:
    """Whose rule it is, which, what it says, and what the form sends to take it away; of those there still are."""
    fields = {field.key: field for field in (*PARTS[part], *_OTHER.get(part, ()))}
    rows = [row for row in room.rows if row.key in fields and _nearer(row)]
    if not rows:
        return []
    names = _names(room)
    found = [
        {
            "whose": whose,
            "name": str(fields[row.key].name),
            "says": _words(fields[row.key], row.value),
            "rule": _code(row),
        }
        for row in rows
        if (whose := _whose(row, names))
    ]
    return sorted(found, key=lambda one: (one["whose"], one["name"]))


def _nearer(row: Row) -> bool:
    return row.scope_kind != "organization" and (row.key, row.scope_kind) not in SHOWN


def _code(row: Row) -> str:
    return f"{row.key}:{row.scope_kind}:{row.scope_id}"


def follow(room: Room, rule: str) -> None:
    """Takes one of them away, so that the common rule holds there too; not_found where there is no such."""
    keys = {field.key for part in PARTS for field in (*PARTS[part], *_OTHER.get(part, ()))}
    for row in room.rows:
        if row.key in keys and _nearer(row) and _code(row) == rule:
            where: dict[str, Any] = {"scope_kind": row.scope_kind, "scope_id": row.scope_id}
            return set_setting.here(row.key, None, actor=room.guest.actor, **where)
    raise not_found()


def _names(room: Room) -> dict[str, dict[int, str]]:
    """What there is, by kind and number."""
    languages = room.guest.language, room.profile.language
    return {
        "location": {one.pk: one.name for one in queries.locations()},
        "specialty": {one.pk: text(one.name, *languages) for one in catalog.specialties()},
        "service": {one.pk: text(one.name, *languages) for one in catalog.services()},
        "resource": {one.pk: one.name for one in scheduling.resources()},
    }


def _whose(row: Row, names: Mapping[str, Mapping[int, str]]) -> str:
    if row.scope_kind != "service_resource":
        return names[row.scope_kind].get(row.scope_id, "")
    service, person = names["service"].get(row.scope_id >> 32), names["resource"].get(row.scope_id & _PAIR)
    return f"{service} · {person}" if service and person else ""


def _words(field: Field, value: Any) -> str:
    """A setting's value as the form would say it."""
    if field.kind == "switch":
        return _("on") if value else _("off")
    if field.kind == "choice":
        return next((str(name) for code, name, _hint in field.options if code == value), str(value))
    if field.kind == "span":
        return _span(value)
    return f"{value} {field.unit}" if field.key.endswith("minutes") else str(value)


def _span(value: Any) -> str:
    if not value:
        return _("all hours")
    spans = {tuple(one[-2:]) for one in value} if isinstance(value[0], list) else {tuple(value)}
    return "–".join(times(spans.pop())) if len(spans) == 1 else _("differs by day")
