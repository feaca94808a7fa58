"""How much one contact, one network or people nobody knows may book: against fake bookings (BK-07, R10, S8).

Bookings by staff, partners and keys do not count and are not counted. What a contact has booked is counted inside the
statement that writes the visit, under the locks of `clients.find_or_register`; a network by a counter that belongs to
the transaction; a resource's day under the resource's lock. 0 switches a limit off.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db import connection

from visita.bookings import calendars, errors
from visita.bookings.requests import BookRequest, Placed
from visita.bookings.rules import Rules
from visita.foundation import clock, phones, scope
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal
from visita.identity import rate
from visita.identity.origin import network
from visita.tenancy import settings

settings.declare("contact_open_limit", int, 3, 0, 1000)  # open future bookings of one phone or email
settings.declare("contact_daily_limit", int, 0, 0, 1000)  # bookings made in a day with one phone or email
settings.declare("network_daily_limit", int, 0, 0, 100_000)  # bookings made in a day from one network address
settings.declare("holds_share_percent", int, 20, 0, 100)  # of a resource's day that clients' holds may keep
settings.declare(
    "unverified_share_percent", int, 0, 0, 100
)  # the same with bookings nobody has confirmed by a code
FEW = 3  # holds a resource's day always bears

# An array and a LIMIT, so that no plan can begin at the other end: with IN and EXISTS, the server went through every
# booking clients had ever made there, and a booking cost more with each one made before.
_BY_A_CLIENT = """(SELECT true FROM activity_activity a WHERE a.organization_id = v.organization_id
    AND a.object_kind = 'visit' AND a.object_id = v.id AND a.verb = 'visit.booked' AND a.actor_kind = 'client' LIMIT 1)"""
_OWN = f"""SELECT count(*) FROM bookings_visit v WHERE v.organization_id = %(organization)s AND v.client_id = ANY(ARRAY(
    SELECT c.id FROM clients_client c WHERE c.organization_id = %(organization)s AND (c.id = %(client)s
      OR c.phone_e164 = nullif(%(contact_phone)s::text, '') OR c.email = nullif(%(contact_email)s::text, ''))))
  AND {_BY_A_CLIENT}"""
OPEN = f"""(%(most_open)s::int = 0 OR %(most_open)s::int > ({_OWN}
  AND v.s >= %(this_minute)s AND v.status IN ('requested', 'confirmed')))"""
TODAY = f"""(%(most_today)s::int = 0 OR %(most_today)s::int > ({_OWN}
  AND v.booked_at >= %(today)s::timestamptz AND v.status <> 'cancelled'))"""
WITHIN = f"{OPEN} AND {TODAY}"

_KEPT = """
SELECT a.resource_id, count(DISTINCT coalesce(nullif(a.hold, ''), a.appointment_id::text)), sum(a.e - a.s)
FROM scheduling_allocation a
WHERE a.organization_id = %(o)s AND a.resource_id = ANY(%(resources)s) AND a.live AND a.s >= %(first)s AND a.s < %(last)s
  AND ((a.kind = 'hold' AND a.expires_at > %(now)s) OR (%(booked)s AND a.kind = 'visit' AND (
    SELECT true FROM bookings_appointment p
    JOIN activity_activity y ON y.organization_id = p.organization_id AND y.object_kind = 'visit'
      AND y.object_id = p.visit_id AND y.verb = 'visit.booked' AND y.actor_kind = 'client' AND y.actor_id IS NULL
    JOIN bookings_visit v ON v.organization_id = p.organization_id AND v.id = p.visit_id
      AND v.terms->'phone_confirmed' IS NULL
    WHERE p.organization_id = a.organization_id AND p.id = a.appointment_id LIMIT 1)))
GROUP BY a.resource_id"""
_SEATS = """
SELECT count(*) FROM bookings_place p WHERE p.organization_id = %(o)s AND p.session_id = %(session)s AND p.live
  AND p.hold <> '' AND p.expires_at > %(now)s"""


def unverified(actor: Actor) -> bool:
    """Whether this is a client whom nothing but typing stands for: not signed in, no code confirmed."""
    return actor.kind == "client" and actor.id is None


def of_contact(found: Rules, request: BookRequest, actor: Actor, *, counts: bool = True) -> dict[str, Any]:
    """The values of `WITHIN`: what this booking's contact may have at most; a series `counts` with its first visit."""
    limited = actor.kind == "client" and counts
    known = not counts or not unverified(actor) or request.phone_confirmed
    contact = request.client
    return {
        "most_open": 0 if known else int(found.setting("contact_open_limit")),
        "most_today": int(found.setting("contact_daily_limit")) if limited else 0,
        "contact_phone": phones.e164(contact.phone, found.country) if contact else "",
        "contact_email": contact.email.strip().lower() if contact else "",
        "this_minute": clock.minute(),
        "today": clock.from_minute(_today(found)),
    }


def count_network(found: Rules, actor: Actor) -> None:
    """Count this booking for its network; refuses too_many_bookings. Forgotten with the transaction."""
    most = int(found.setting("network_daily_limit"))
    if actor.kind != "client" or not most or not actor.ip:
        return
    try:
        day = rate.Limit(most, 1440)
        rate.hit(day, scope.current(), "booked", network(actor.ip), window=_today(found))
    except Refusal as refusal:
        raise errors.too_many_bookings(found.phone) from refusal


def require_share(found: Rules, placed: Sequence[Placed], actor: Actor, *, booking: bool = False) -> None:
    """Before placed times are written, under their resources' lock: people nobody knows keep a share of a day only.

    Refuses too_many_holds.
    """
    bookings = int(found.setting("unverified_share_percent"))
    percent = bookings or int(found.setting("holds_share_percent"))
    if not unverified(actor) or not percent or (booking and not bookings):
        return
    for day in {found.local(each.s).date() for each in placed}:
        first, last = found.day_start(day), found.day_start(day + timedelta(days=1))
        asked = _asked(placed, first, last)
        crowded = {
            who: minutes + asked[who]
            for who, count, minutes in _kept(asked, first, last, bool(bookings))
            if count >= FEW
        }
        work = calendars.working(found, sorted(crowded), day, day, crowded) if crowded else {}
        for who, minutes in crowded.items():
            times = work[who]
            spans = [(first, last)] if times is None else list(times.spans)
            open_ = sum(max(0, min(e, last) - max(s, first)) for s, e in spans) * _lanes(found, placed, who)
            if minutes * 100 > open_ * percent:
                raise errors.too_many_holds(found.phone)
    _require_seats(found, placed, percent)


def _asked(placed: Iterable[Placed], first: int, last: int) -> dict[int, int]:
    minutes: dict[int, int] = {}
    for each in placed:
        for claim in each.claims:
            if first <= claim.s < last:
                minutes[claim.resource_id] = minutes.get(claim.resource_id, 0) + claim.e - claim.s
    return minutes


def _kept(resources: Iterable[int], first: int, last: int, booked: bool) -> list[tuple[int, int, int]]:
    values: dict[str, Any] = {
        "o": scope.current(),
        "resources": sorted(resources),
        "first": first,
        "last": last,
    }
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, {**values, "now": clock.now(), "booked": booked})
        return [tuple(row) for row in cursor.fetchall()]


def _lanes(found: Rules, placed: Iterable[Placed], resource: int) -> int:
    services = [each.service_id for each in placed if any(c.resource_id == resource for c in each.claims)]
    return max((found.services[service].lanes for service in services), default=1)


def _require_seats(found: Rules, placed: Iterable[Placed], percent: int) -> None:
    """The same for the places of a class."""
    for each in placed:
        if each.session_id is None:
            continue
        with connection.cursor() as cursor:
            cursor.execute(_SEATS, {"o": scope.current(), "session": each.session_id, "now": clock.now()})
            kept = int(cursor.fetchone()[0])
        if kept >= FEW and (kept + len(each.seats)) * 100 > found.services[each.service_id].lanes * percent:
            raise errors.too_many_holds(found.phone)


def _today(found: Rules) -> int:
    """The epoch minute at which the location's present day began."""
    return found.day_start(clock.now().astimezone(found.zone).date())
