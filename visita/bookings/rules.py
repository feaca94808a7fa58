"""What the catalogue and the settings say about a question: one query, then plain records for the engine.

Every door asks through here, so that a service means the same to the page, the API, the desk and the import.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property, partial
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from visita.bookings import errors
from visita.catalog import asking
from visita.catalog.promotions import PromotionRule
from visita.foundation import clock, prepared, scope
from visita.foundation.prepared import Question, Rows
from visita.scheduling import engine, queries
from visita.tenancy import settings
from visita.tenancy.remembering import Known, Memory
from visita.tenancy.versions import VERSION

# whom "anyone" gets: who has the fewest booked minutes that day, the first in the organization's order, or at random
settings.declare(
    "anyone", str, "least_booked", 0, 20, lambda value: value in ("least_booked", "in_order", "at_random")
)
# minutes a client may wait between two services of one visit (decision 27)
settings.declare("items_gap_minutes", int, 0, 0, 240)
# the same where a dated class is among them: its time is given, so that one comes a little early or stays a little
settings.declare("class_gap_minutes", int, 30, 0, 240)
# how many may come in one visit, each for services of their own (a mother and her child); 1 = the client alone
settings.declare("subjects_most", int, 1, 1, 6)
# the kinds of subject (codes) a location, specialty, service or resource is for; none = all
settings.declare(
    "for_kinds", list, [], 0, 60, lambda codes: all(isinstance(code, str) and len(code) <= 40 for code in codes)
)  # fmt: skip
# whether the kind of subject is asked before anything else (vets), by location
settings.declare("ask_kind", bool, False)

_LOAD = f"""
SELECT {VERSION}, json_build_object(
  'locations', (SELECT json_agg(json_build_object('id', id, 'zone', zone) ORDER BY position, id) FROM (
      SELECT id, zone, position FROM tenancy_location
      WHERE organization_id = %(o)s AND (archived_at IS NULL OR %(archived)s)
        AND (%(l)s::bigint IS NULL OR id = %(l)s) LIMIT 2) x),
  'settings', (SELECT json_agg(json_build_object('scope_kind', scope_kind, 'scope_id', scope_id, 'key', key,
      'value', value)) FROM tenancy_setting WHERE organization_id = %(o)s),
  'profile', (SELECT json_build_object('currency', f.currency, 'phone', f.phone, 'email', f.email, 'language', f.language,
      'country', f.country, 'public_id', o.public_id)
      FROM tenancy_profile f JOIN tenancy_organization o ON o.id = %(o)s WHERE f.organization_id = %(o)s),
  'shortest', CASE WHEN EXISTS (SELECT 1 FROM tenancy_setting
        WHERE organization_id = %(o)s AND key = 'gap_avoidance') THEN (
      SELECT json_object_agg(resource_id, minutes) FROM (
        SELECT w.resource_id, min(coalesce(w.minutes, s.minutes, p.base_minutes * s.multiplier, 15)) AS minutes
        FROM catalog_serviceresource w
        JOIN catalog_service s ON s.organization_id = %(o)s AND s.id = w.service_id AND s.archived_at IS NULL
          AND s.online AND s.kind = 'appointment'
        LEFT JOIN catalog_specialty p ON p.organization_id = %(o)s AND p.id = s.specialty_id
        WHERE w.organization_id = %(o)s AND w.online GROUP BY w.resource_id) x) END,
  'here', (SELECT json_agg(json_build_array(resource_id, location_id)) FROM scheduling_resourcelocation
      WHERE organization_id = %(o)s AND (%(l)s::bigint IS NULL OR location_id = %(l)s)),
  'services', (SELECT json_agg(json_build_object('id', s.id, 'specialty', s.specialty_id, 'kind', s.kind,
      'minutes', coalesce(s.minutes, p.base_minutes * s.multiplier), 'before', s.buffer_before,
      'after', s.buffer_after, 'hole_after', s.hole_after, 'hole_minutes', s.hole_minutes,
      'lanes', coalesce(s.capacity, p.capacity, 1), 'party', s.max_party,
      'step', coalesce(s.start_step, p.base_minutes, 15), 'hours', s.start_hours, 'online', s.online,
      'price', s.price_minor, 'promotions', (SELECT json_agg(json_build_object('id', m.id, 'name', m.name,
                  'price_minor', m.price_minor, 'percent', m.percent, 'valid_from', m.valid_from, 'valid_to', m.valid_to,
                  'weekdays', m.weekdays, 'start', m.start, 'end', m.end, 'only', m.only) ORDER BY m.id)
              FROM catalog_promotion m
              WHERE m.organization_id = %(o)s AND m.service_id = s.id AND m.archived_at IS NULL),
      'archived', s.archived_at IS NOT NULL,
      'who', (SELECT json_agg(json_build_array(w.resource_id, w.minutes, w.price_minor, w.online AND r.online)
                  ORDER BY r.position, r.id)
              FROM catalog_serviceresource w JOIN scheduling_resource r
                ON r.organization_id = %(o)s AND r.id = w.resource_id AND r.archived_at IS NULL
              WHERE w.organization_id = %(o)s AND w.service_id = s.id),
      'groups', (SELECT json_agg(g.members ORDER BY g.position, g.id) FROM (
              SELECT q.id, q.position, json_agg(m.resource_id) AS members
              FROM catalog_requirement q
              JOIN catalog_requirementresource m ON m.organization_id = %(o)s AND m.requirement_id = q.id
              JOIN scheduling_resource r
                ON r.organization_id = %(o)s AND r.id = m.resource_id AND r.archived_at IS NULL
              WHERE q.organization_id = %(o)s AND q.service_id = s.id GROUP BY q.id, q.position) g)))
    FROM catalog_service s
    LEFT JOIN catalog_specialty p ON p.organization_id = %(o)s AND p.id = s.specialty_id
    WHERE s.organization_id = %(o)s AND s.id = ANY(%(s)s)),
  'asked', CASE WHEN %(booking)s THEN json_build_object('fields', {asking.FIELDS}, 'consents', {asking.CONSENTS},
    'policy', (SELECT f.policy FROM tenancy_profile f WHERE f.organization_id = %(o)s)) END)
"""


class SettingRow(NamedTuple):
    """A setting as the cascade reads it."""

    scope_kind: str
    scope_id: int
    key: str
    value: Any


@dataclass(frozen=True, slots=True)
class Who:
    """A resource that gives the service: its own minutes and price where they differ."""

    resource_id: int
    minutes: int | None
    price_minor: int | None
    online: bool


@dataclass(frozen=True, slots=True)
class ServiceRule:
    """A service at one location, ready for the engine. Lengths are minutes, `price_minor` minor units."""

    id: int
    specialty_id: int | None
    is_class: bool
    minutes: int
    before: int
    after: int
    holes: tuple[tuple[int, int], ...]
    lanes: int
    party: int
    step: int
    hours: tuple[int, ...]
    online: bool
    price_minor: int | None
    who: tuple[Who, ...]
    groups: tuple[tuple[int, ...], ...]
    promotions: tuple[PromotionRule, ...] = ()

    def candidates(self, resource_id: int | None, staff: bool) -> tuple[int, ...]:
        """Resources that may be booked through this door; refuses one that does not give the service, and as
        not_found one that the organization has not, whosever it is."""
        able = tuple(who.resource_id for who in self.who if staff or who.online)
        if resource_id is None:
            return able
        if resource_id not in able:
            queries.resource(resource_id, archived=True)
            raise errors.mismatch()
        return (resource_id,)

    def need(
        self, candidates: tuple[int, ...], seats: int, every: int | None = None, minutes: int | None = None
    ) -> engine.Need:
        """The engine's need. `every` replaces the service's own starts (staff), `minutes` its length (a resize)."""
        starts = engine.StartRule(self.step, self.hours) if every is None else engine.StartRule(every)
        own = {who.resource_id: who.minutes for who in self.who if who.minutes is not None}
        return engine.Need(
            minutes=minutes or self.minutes,
            candidates=candidates,
            starts=starts,
            before=self.before,
            after=self.after,
            holes=self.holes if minutes is None else (),
            groups=tuple(engine.Group(group, self.before, self.after) for group in self.groups),
            lanes=self.lanes,
            seats=seats,
            minutes_of={} if minutes else own,
        )

    def price(self, resource_id: int | None) -> tuple[int | None, str]:
        """The list price with this resource, and the line it came from (decision 28)."""
        own = next((who.price_minor for who in self.who if who.resource_id == resource_id), None)
        return (self.price_minor, "service") if own is None else (own, "resource")


@dataclass(frozen=True)
class Rules:
    """A location with the services asked about and the settings that hold there.

    `shortest`: by resource the minutes of the shortest service it gives to clients, where gaps are avoided. `version`:
    under which they were read; whoever writes by them asks whether it still stands. Shared: nobody changes them.
    """

    location_id: int
    zone_name: str
    currency: str
    phone: str
    language: str
    country: str
    public_id: str
    services: dict[int, ServiceRule]
    rows: tuple[SettingRow, ...]
    asked: asking.Asked = field(default_factory=asking.Asked)
    policy: dict[str, str] = field(default_factory=dict)
    shortest: dict[int, int] = field(default_factory=dict)
    email: str = ""
    version: str | None = None

    def outlasting(self) -> "Rules":
        """The same for whoever goes by them beyond the transaction they were read in (an import): nothing is compared."""
        return replace(self, version=None)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The location's zone."""
        return ZoneInfo(self.zone_name)

    @cached_property
    def _set(self) -> frozenset[str]:
        return frozenset(row.key for row in self.rows)

    def has(self, key: str) -> bool:
        """Whether the setting was set anywhere, so that looking closer is worth it."""
        return key in self._set

    def setting(self, key: str, service: ServiceRule | None = None) -> Any:
        """A declared setting at this place of the cascade (service → specialty → location → organization)."""
        specialty = None if service is None else service.specialty_id
        service_id = None if service is None else service.id
        return settings.value(
            self.rows, key, location=self.location_id, specialty=specialty, service=service_id
        )

    def patience(self, services: Iterable[ServiceRule]) -> int:
        """Minutes a client may wait between two of these services."""
        gap = int(self.setting("items_gap_minutes"))
        dated = any(service.is_class for service in services)
        return max(gap, int(self.setting("class_gap_minutes"))) if dated else gap

    def service(self, service_id: int) -> ServiceRule:
        """The service by id; unknown, archived and another tenant's are all not found."""
        found = self.services.get(service_id)
        if found is None:
            raise errors.not_found()
        return found

    def candidates(
        self, service: ServiceRule, resource_id: int | None, kind: str, staff: bool, binds: bool = False
    ) -> tuple[int, ...]:
        """Who may be booked for a kind of subject (empty = any); refuses what is not for that kind. Staff may book it
        all the same, unless the kind `binds`."""
        able = service.candidates(resource_id, staff)
        if not kind or (staff and not binds):
            return able
        ids = {"location": self.location_id, "specialty": service.specialty_id, "service": service.id}
        if not all(suits(self.rows, scope_kind, scope_id, kind) for scope_kind, scope_id in ids.items()):
            raise errors.not_offered()
        return tuple(who for who in able if suits(self.rows, "resource", who, kind))

    def limits(self, services: Sequence[ServiceRule], staff: bool, held: int | None = None) -> engine.Limits:
        """Bounds on the start of a visit: for clients the longest lead time and the nearest horizon of its services,
        for staff only the present. `held`: the minute from which a client keeps the time, and those two count."""
        now = clock.next_minute()  # a start within the running minute has passed
        if staff:
            return engine.Limits(now=now)
        lead = max(int(self.setting("lead_minutes", service)) for service in services)
        horizon = min(int(self.setting("horizon_days", service)) for service in services)
        asked = now if held is None else held
        today = (clock.now() if held is None else clock.from_minute(held)).astimezone(self.zone).date()
        after = self.day_start(today + timedelta(days=horizon + 1))
        return engine.Limits(now=now, earliest=asked + lead, latest=after - 1)

    def day_start(self, day: date) -> int:
        """The epoch minute at which a local day begins (its first existing minute)."""
        return int(datetime.combine(day, time(), self.zone).timestamp()) // 60

    def local(self, minute: int) -> datetime:
        """An epoch minute on the location's wall clock, with its offset."""
        return datetime.fromtimestamp(minute * 60, self.zone)


def load(
    location_id: int | None, service_ids: tuple[int, ...], *, archived: bool = False, booking: bool = False
) -> Rules:
    """The rules for services at a location, in one query (two where somebody changed them since they were last asked for).

    Without a location the organization's only one is taken; with several it refuses `location_required`. Unknown
    locations and services are `not_found`; a closed branch and a service given no more count only with `archived` (to cancel or move what is left).
    With `booking` come also what a booking asks and the policy it agrees to.
    """
    return prepared.ask(question(location_id, service_ids, archived=archived, booking=booking))


def question(
    location_id: int | None, service_ids: tuple[int, ...], *, archived: bool = False, booking: bool = False
) -> Question[Rules]:
    """`load` for a caller that asks something else in the same round trip."""

    def whole() -> Question[Known[Rules]]:
        values = {"o": scope.current(), "l": location_id, "s": list(service_ids)}
        return Question(_LOAD, {**values, "archived": archived, "booking": booking}, partial(_read, archived))

    return _known.question((location_id, service_ids, archived, booking), whole)


def recalled(location_id: int | None, service_ids: tuple[int, ...], *, booking: bool = False) -> Rules | None:
    """What this process last knew of them, whether it still holds or not; for a guess that is compared in the end."""
    return _known.recalled((location_id, service_ids, False, booking))


_known: Memory[Rules] = Memory(256)


def _read(archived: bool, rows: Rows) -> Known[Rules]:
    version, raw = rows[0]
    locations = raw["locations"] or []
    if not locations:
        raise errors.not_found()
    if len(locations) > 1:
        raise errors.location_required()
    place, profile = locations[0], raw["profile"]
    here = {resource for resource, location in raw["here"] or () if location == place["id"]}
    services = {
        row["id"]: _service(row, here) for row in raw["services"] or [] if archived or not row["archived"]
    }
    kept = tuple(SettingRow(**row) for row in raw["settings"] or ())
    more = _asked(raw["asked"])
    shortest = {int(resource): minutes for resource, minutes in (raw["shortest"] or {}).items()}
    return Known(
        version,
        Rules(
            location_id=place["id"], zone_name=place["zone"], services=services, rows=kept, shortest=shortest,
            version=version, **profile, **more,
        ),
    )  # fmt: skip


def _asked(raw: dict[str, Any] | None) -> dict[str, Any]:
    if raw is None:
        return {}
    return {"asked": asking.read(raw["fields"], raw["consents"]), "policy": raw["policy"] or {}}


def _service(row: dict[str, Any], here: set[int]) -> ServiceRule:
    who = [Who(*each) for each in row["who"] or [] if each[0] in here]
    groups = [[member for member in group if member in here] for group in row["groups"] or []]
    hole = ((row["hole_after"], row["hole_minutes"]),) if row["hole_minutes"] else ()
    return ServiceRule(
        id=row["id"],
        specialty_id=row["specialty"],
        is_class=row["kind"] == "class",
        minutes=row["minutes"] or row["step"],
        before=row["before"],
        after=row["after"],
        holes=hole,
        lanes=row["lanes"],
        party=row["party"],
        step=row["step"],
        hours=tuple(row["hours"] or ()),
        online=row["online"],
        price_minor=row["price"],
        who=tuple(who),
        groups=tuple(tuple(group) for group in groups),
        promotions=tuple(map(PromotionRule.read, row["promotions"] or ())),
    )


def suits(rows: Iterable[settings.Row], scope_kind: str, scope_id: int | None, kind: str) -> bool:
    """Whether a place, group, service or resource is for a kind of subject."""
    only = next(
        (row.value for row in rows if (row.scope_kind, row.scope_id, row.key) == (scope_kind, scope_id, "for_kinds")),
        None,
    )  # fmt: skip
    return not only or kind in only


def require_party(rules: Rules, subjects: Iterable[int], staff: bool) -> None:
    """Refuse more people in one visit than the organization takes."""
    most = int(rules.setting("subjects_most"))
    if not staff and len(set(subjects)) > most:
        raise errors.party_too_large(most)


def require_bookable(rules: Rules, service: ServiceRule, seats: int, staff: bool) -> None:
    """Refuse parties over the service's limit; for clients also what is staff-only (it looks unknown) or closed."""
    if not 1 <= seats <= service.party:
        raise errors.party_too_large(service.party)
    if staff:
        return
    if not rules.setting("client_interface"):
        raise errors.online_closed({"phone": rules.phone, "email": rules.email})
    if not service.online:
        raise errors.not_found()
    if not rules.setting("online", service):
        raise errors.not_online(rules.phone)
