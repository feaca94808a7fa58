"""What a booking brings besides its time: answers, consents, and the policy agreed to; checked for every door.

The rules came with `rules.load(booking=True)`; nothing is asked of the database but the one statement that writes
the proofs, and that only where something was ticked.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from visita.bookings import errors, rules
from visita.bookings.requests import BookRequest
from visita.bookings.rules import Rules
from visita.bookings.terms import Terms
from visita.catalog import answers, consenting
from visita.catalog.asking import Asked, ConsentRule, Door
from visita.foundation import clock, prepared, scope
from visita.foundation.actor import Actor
from visita.foundation.words import text
from visita.tenancy import settings

settings.declare("confirm_phone", bool, False)

_ACCEPT = """
INSERT INTO bookings_acceptance (organization_id, visit_id, consent_id, version, purpose, language, label, text,
  file_hash, sha256, at, ip, source, activity_id)
SELECT v.organization_id, b.id, c.id, v.version, c.purpose, t.language, t.label, t.body, v.file_hash,
  coalesce(nullif(v.file_hash, ''), encode(sha256(convert_to(coalesce(nullif(t.body, ''), t.label), 'UTF8')), 'hex')),
  %(now)s, %(ip)s::inet, %(source)s, b.activity_id
FROM jsonb_to_recordset(%(given)s::jsonb) AS g(id bigint, version int)
JOIN catalog_consenttext c ON c.organization_id = %(o)s AND c.id = g.id
JOIN catalog_consentversion v ON v.organization_id = %(o)s AND v.consent_id = g.id AND v.version = g.version
JOIN bookings_visit b ON b.organization_id = %(o)s AND b.id = %(visit)s
CROSS JOIN LATERAL (SELECT l.key AS language, l.value AS label,
    coalesce(v.body->>l.key, v.body->>%(fallback)s::text, (SELECT min(value) FROM jsonb_each_text(v.body)), '') AS body
  FROM jsonb_each_text(v.label) l
  ORDER BY l.key <> %(language)s::text, l.key <> %(fallback)s::text, l.key LIMIT 1) t
"""


@dataclass(frozen=True, slots=True)
class Papers:
    """As the visit keeps them; `consents` are what was ticked, `terms` empty where nobody agreed to any."""

    fields: dict[str, Any] = field(default_factory=dict)
    consents: list[ConsentRule] = field(default_factory=list)
    terms: dict[str, Any] = field(default_factory=dict)

    def columns(self) -> dict[str, str]:
        """The visit's columns."""
        ticked = [{"id": each.id, "version": each.version} for each in self.consents]
        return {
            "fields": json.dumps(self.fields),
            "consents": json.dumps(ticked),
            "terms": json.dumps(self.terms),
        }


def check(found: Rules, request: BookRequest, actor: Actor) -> Papers:
    """Refuses what `catalog.answers` and `catalog.consenting` refuse.

    Imports, and programs that vouch for their clients, are not asked what they lack.
    """
    door: Door = "staff" if request.staff else "client"
    complete = not request.vouched and actor.kind not in ("import", "system")
    asked = asked_by(found, request)
    if door == "client" and complete:
        _require_confirmed(found, request)
    return Papers(
        answers.read(asked.fields, request.fields, door, complete=complete),
        consenting.accepted(asked.consents, request.consents, door, complete=complete),
        {} if request.staff else {**_terms(found, request).kept(), **_path(request), **_phone(request)},
    )


def answered(found: Rules, request: BookRequest) -> dict[str, Any]:
    """What was answered, by code, as a visit keeps it; what is still missing is no matter here."""
    door: Door = "staff" if request.staff else "client"
    kept = answers.read(asked_by(found, request).fields, request.fields, door, complete=False)
    return answers.values(kept)


def asked_by(found: Rules, request: BookRequest) -> Asked:
    """What is asked for these services here; no consents where the organization has them elsewhere."""
    return _asked(found, [item.service_id for item in request.items])


def asked_here(location_id: int, service_id: int) -> Asked:
    """What is asked of whoever books this service there; refuses not_found."""
    found = rules.load(location_id, (service_id,), booking=True)
    return _asked(found, [found.service(service_id).id])


def _asked(found: Rules, service_ids: Sequence[int]) -> Asked:
    services = [found.services[each] for each in service_ids if each in found.services]
    asked = found.asked.at(found.location_id, [(each.id, each.specialty_id) for each in services])
    on = all(found.setting("ask_consents", each) for each in services)
    return asked if on else Asked(asked.fields)


def accept(visit_id: int, papers: Papers, found: Rules, request: BookRequest, actor: Actor) -> None:
    """Write the proofs of what was ticked, in the booking's transaction."""
    if not papers.consents:
        return
    ticked = [{"id": each.id, "version": each.version} for each in papers.consents]
    values: dict[str, Any] = {
        "o": scope.current(),
        "visit": visit_id,
        "given": json.dumps(ticked),
        "language": _language(found, request),
        "fallback": found.language,
        "now": clock.now(),
        "ip": actor.ip,
        "source": actor.source,
    }
    with prepared.cursor() as cursor:
        cursor.execute(_ACCEPT, values)


def _require_confirmed(found: Rules, request: BookRequest) -> None:
    services = [found.services[i.service_id] for i in request.items if i.service_id in found.services]
    if not request.phone_confirmed and any(found.setting("confirm_phone", each) for each in services):
        raise errors.phone_not_confirmed()


def _phone(request: BookRequest) -> dict[str, Any]:
    """That the phone was confirmed by a code (CB-07)."""
    return {"phone_confirmed": True} if request.phone_confirmed else {}


def _path(request: BookRequest) -> dict[str, Any]:
    """The booking path it came by (decision 37); nothing for the usual one."""
    return {"path": request.path} if request.path else {}


def _terms(found: Rules, request: BookRequest) -> Terms:
    services = [found.service(item.service_id) for item in request.items]
    until = max(int(found.setting("cancel_until_minutes", each)) for each in services)
    language = _language(found, request)
    return Terms(until, text(found.policy, language, found.language), language)


def _language(found: Rules, request: BookRequest) -> str:
    return (request.client.language if request.client else "") or found.language
