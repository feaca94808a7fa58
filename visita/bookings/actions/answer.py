"""Staff correct the answers to a visit's extra fields."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from visita.activity.record import record
from visita.bookings import errors, meanwhile, verbs
from visita.bookings.locking import appointments, locked
from visita.bookings.models import Visit
from visita.bookings.news import news
from visita.bookings.requests import Changed
from visita.bookings.retrying import retrying
from visita.bookings.wall import local
from visita.catalog import answers, queries
from visita.catalog.asking import FieldRule
from visita.foundation.actor import Actor
from visita.foundation.scope import scope


def answer(
    organization_id: int,
    visit_id: int,
    given: Mapping[str, Any],
    actor: Actor,
    *,
    version: int | None = None,
    merge: bool = False,
) -> Changed:
    """Replace the answers to what is asked for the visit today, by code; an empty one takes the answer away.

    `merge`: of an older `version`, what `given` changes of it is changed; answers others gave meanwhile stay.

    What was asked once and no longer is stays as it was. Which fields changed is recorded, not what they say.
    Refuses what `catalog.answers` refuses, field_required for a required answer taken away, not_found,
    changed_meanwhile.
    """

    def transaction() -> Changed:
        with scope(organization_id, durable=True):
            visit = locked(visit_id, version, {} if merge else None)
            rules = asked_of(visit)
            then = (
                meanwhile.state(visit_id, version) if merge and version not in (None, visit.version) else None
            )
            read = answers.read(rules, given, "staff", complete=False)
            kept = _kept(
                visit.fields, rules, read if then is None else _merged(visit, rules, read, then["fields"])
            )
            changed = sorted(
                code for code in {*visit.fields, *kept} if visit.fields.get(code) != kept.get(code)
            )
            after = visit.version + 1
            ring = news(visit.location_id, local(visit), after)
            event = record(verbs.ANSWERED, "visit", visit.pk, actor, {"fields": changed}, news=ring)
            Visit.objects.filter(pk=visit.pk).update(fields=kept, version=after, activity_id=event)
            return Changed(visit.pk, visit.status, after)

    return retrying(transaction)


def _merged(
    visit: Visit, rules: Iterable[FieldRule], mine: dict[str, Any], then: str | dict[str, Any]
) -> dict[str, Any]:
    """My answers where I changed them, the others as they are now. Refuses changed_meanwhile where both changed one."""
    before: dict[str, Any] = json.loads(then) if isinstance(then, str) else then
    merged: dict[str, Any] = {}
    for code in (rule.code for rule in rules):
        was, now, wanted = (_value(each.get(code)) for each in (before, visit.fields, mine))
        if wanted != was and now not in (was, wanted):
            raise errors.changed_meanwhile(
                visit.version, fields=["answers"], **meanwhile.last(visit.pk, verbs.ANSWERED)
            )
        chosen = visit.fields if wanted == was else mine
        merged |= {code: chosen[code]} if code in chosen else {}
    return merged


def asked_of(visit: Visit) -> tuple[FieldRule, ...]:
    """What is asked for the visit's services at its location, inside a scope; one query where nothing is asked."""
    asked = queries.asked()
    if not asked.fields:
        return ()
    services = queries.with_specialties(part.service_id for part in appointments(visit.pk))
    return asked.at(visit.location_id, services).fields


def _kept(before: dict[str, Any], rules: Iterable[FieldRule], now: dict[str, Any]) -> dict[str, Any]:
    """The old answers where they still say the same, in the words they were asked with."""
    codes = {rule.code for rule in rules}
    for rule in rules:
        if rule.required and rule.code in before and rule.code not in now:
            raise answers.missing(rule)
    same = {code: before[code] for code in now if _value(before.get(code)) == now[code]["value"]}
    return {**{code: old for code, old in before.items() if code not in codes}, **now, **same}


def _value(kept: Any) -> Any:
    return kept.get("value") if isinstance(kept, dict) else None
