"""What else years leave behind in a network: what was done, the history of rows, who waits, doubts, tags, the funnel.

Sums for `bench/network.py`'s screens beyond journal and table. Written once, as the owner, after the visits.
"""

from typing import Any

from django.db import connections, transaction

REGULAR = 7  # the client who has 2,000 visits
WAITING, DOUBTS = 20_000, 3_000
_UNTRACKED = ("bookings_visit", "bookings_waiting", "clients_subject", "clients_tag", "clients_clienttag")


def more(org: int, size: Any, people: list[int], services: list[int]) -> None:
    """Everything besides visits and clients, where it is not there yet."""
    values = {"o": org, "base": size.base, "visits": size.visits, "clients": size.clients}
    values |= {"regular": size.base + REGULAR, "each": max(1, size.visits // 2000), "waiting": WAITING}
    values |= {"doubts": DOUBTS, "people": people, "services": services}
    with connections["owner"].cursor() as owner:
        owner.execute("SELECT EXISTS (SELECT 1 FROM marketing_funnelstep WHERE organization_id = %s)", [org])
        if owner.fetchone()[0]:
            return
        print("Making what was done, who waits, doubts, tags and the funnel.", flush=True)
        with transaction.atomic("owner"):
            for table in _UNTRACKED:
                owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for statement in _FILL:
                owner.execute(statement, values)
            for table in _UNTRACKED:
                owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        owner.execute("VACUUM ANALYZE")


_FILL = (
    # one client with 2,000 visits
    "UPDATE bookings_visit SET client_id = %(regular)s WHERE organization_id = %(o)s AND (id - %(base)s) %% %(each)s = 1",
    # a booking of each visit, and for those of the last two months their history
    """INSERT INTO activity_activity (id, organization_id, at, verb, object_kind, object_id, actor_kind, actor_label, source,
      payload, dispatched_at)
    SELECT v.id, v.organization_id, v.booked_at, 'visit.booked', 'visit', v.id, 'staff', 'Bench', 'desk', '{}', v.booked_at
    FROM bookings_visit v WHERE v.organization_id = %(o)s""",
    """INSERT INTO bookings_visitevent (pgh_created_at, pgh_label, id, organization_id, activity_id, location_id, client_id, code,
      status, version, s, e, zone, wall, seats, source, note, fields, consents, cancel_reason, booked_at, pgh_obj_id)
    SELECT v.booked_at, 'insert', v.id, v.organization_id, v.id, v.location_id, v.client_id, v.code, 'confirmed', 1, v.s, v.e,
      v.zone, v.wall, 1, v.source, '', '{}', '[]', '', v.booked_at, v.id
    FROM bookings_visit v WHERE v.organization_id = %(o)s AND v.booked_at > now() - interval '70 days'""",
    """INSERT INTO bookings_appointmentevent (pgh_created_at, pgh_label, id, organization_id, activity_id, visit_id, service_id,
      resource_id, position, s, e, price_minor, currency, price_source, pgh_obj_id)
    SELECT v.booked_at, 'insert', a.id, a.organization_id, v.id, v.id, a.service_id, a.resource_id, 0, a.s, a.e, 9000, 'RON', '', a.id
    FROM bookings_visit v JOIN bookings_appointment a ON a.organization_id = v.organization_id AND a.visit_id = v.id
    WHERE v.organization_id = %(o)s AND v.booked_at > now() - interval '70 days'""",
    # four years of changes to working time
    """INSERT INTO activity_activity (id, organization_id, at, verb, object_kind, object_id, actor_kind, actor_label, source,
      payload, dispatched_at)
    SELECT %(base)s + 5000000 + n, %(o)s, now() - make_interval(mins => (200000 - n) * 10), 'working_time.exception_set', 'resource',
      (%(people)s::bigint[])[n %% cardinality(%(people)s::bigint[]) + 1], 'staff', 'Bench', 'desk',
      jsonb_build_object('date', (now() - make_interval(mins => (200000 - n) * 10))::date::text, 'reason', 'ill',
        'intervals', '[]'::jsonb), now()
    FROM generate_series(1, 200000) AS g(n)""",
    """INSERT INTO bookings_waiting (id, organization_id, code, location_id, client_id, items, seats, first_day, last_day, weekdays,
      parts, rank, note, status, source, made_at)
    SELECT %(base)s + n, %(o)s, 'w' || lpad(to_hex(%(base)s + n), 7, '0'), l.id, %(base)s + n * 13,
      jsonb_build_array(jsonb_build_object('service', (%(services)s::bigint[])[n %% 20 + 1], 'resource', null)), 1,
      current_date + (n / 10 - 1600), current_date + (n / 10 - 1600) + 20, '[]', '[]', 0, '', CASE WHEN n %% 5 = 0 THEN 'booked' ELSE 'waiting' END,
      'desk', now() - make_interval(mins => 20000 - n)
    FROM generate_series(1, %(waiting)s) AS g(n) JOIN LATERAL (SELECT id FROM tenancy_location WHERE organization_id = %(o)s
      ORDER BY id OFFSET n %% 60 LIMIT 1) l ON true""",
    """INSERT INTO bookings_skip (organization_id, waiting_id, day, reason, details, at)
    SELECT %(o)s, %(base)s + n, current_date - d, 'too_late', '[]', now() - make_interval(days => d)
    FROM generate_series(1, %(waiting)s) AS g(n), generate_series(1, 3) AS x(d)""",
    """INSERT INTO clients_difference (id, organization_id, client_id, field, value, made, settled)
    SELECT %(base)s + n, %(o)s, %(base)s + n * 11, 'phone', '+4074' || n, now() - make_interval(mins => n), ''
    FROM generate_series(1, %(doubts)s) AS g(n)""",
    """INSERT INTO clients_double (id, organization_id, client_id, other_id, made, settled)
    SELECT %(base)s + n, %(o)s, %(base)s + n * 10, %(base)s + n * 10 - 5, now() - make_interval(mins => n), ''
    FROM generate_series(1, %(doubts)s) AS g(n)""",
    """INSERT INTO clients_tag (id, organization_id, name, folded, color)
    SELECT %(base)s + n, %(o)s, 'Tag ' || n, 'tag ' || n, '' FROM generate_series(1, 12) AS g(n)""",
    """INSERT INTO clients_clienttag (id, organization_id, client_id, tag_id)
    SELECT %(base)s + n, %(o)s, %(base)s + n, %(base)s + n %% 12 + 1 FROM generate_series(1, %(clients)s, 4) AS g(n)""",
    # every fifth client comes with a pet
    """INSERT INTO clients_subject (id, organization_id, client_id, kind, name, details)
    SELECT %(base)s + n, %(o)s, %(base)s + n, 'pet', (ARRAY['Rex', 'Bella', 'Luna', 'Max', 'Mara', 'Pongo'])[n / 5 %% 6 + 1], '{}'
    FROM generate_series(5, %(clients)s, 5) AS g(n)""",
    """INSERT INTO clients_subjectkey (organization_id, subject_id, key)
    SELECT %(o)s, s.id, lower(s.name) FROM clients_subject s WHERE s.organization_id = %(o)s""",
    """INSERT INTO marketing_funnelstep (organization_id, day, step, door, language, device, channel, count)
    SELECT %(o)s, current_date - d, step, door, language, device, channel, 1 + (d * 7 + length(step) * 13) %% 90
    FROM generate_series(0, 400) AS x(d), unnest(ARRAY['view', 'place', 'service', 'time', 'details', 'booked']) AS step,
      unnest(ARRAY['page', 'widget', 'popup', 'link', 'qr']) AS door, unnest(ARRAY['en', 'ru', 'ro', 'it', 'fi']) AS language,
      unnest(ARRAY['phone', 'tablet', 'desktop']) AS device, unnest(ARRAY['', 'google', 'facebook', 'instagram']) AS channel""",
)
