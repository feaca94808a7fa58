"""A database that looks lived in: five hundred copies of one clinic, and years of visits in the clinic itself.

Made by the tables' owner in a few statements, without history; afterwards the statistics are fresh, so that the
planner chooses as it would in a place of that size.
"""

from django.db import connections, transaction

COPIES = 500
VISITS = 16_000
_APART = 1_000_000  # ids of one copy and the next

# Everything of a tenant's but its history, the tables others point to included.
TENANT_TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
WHERE c.relrowsecurity AND c.relkind = 'r' ORDER BY 1"""
_COLUMNS = """
SELECT column_name, data_type, character_maximum_length FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position"""

# Tables whose history is read by screens
_REMEMBERED = (
    "bookings_visit", "bookings_appointment", "scheduling_allocation", "tenancy_location", "scheduling_resource",
    "clients_client", "clients_subject", "catalog_service", "scheduling_workingpattern", "scheduling_workingexception",
    "catalog_serviceresource",
)  # fmt: skip

_UNIQUE = {
    ("tenancy_organization", "slug"),
    ("tenancy_organization", "public_id"),
    ("bookings_visit", "code"),
}

_CLIENTS = """
INSERT INTO clients_client (id, organization_id, first_name, last_name, phone, phone_e164, email, language, note, source,
  version, created)
SELECT %(from)s + n, %(o)s, 'First' || n, 'Last' || n, '07' || (20000000 + n), '+407' || (20000000 + n),
  'client' || n || '@example.test', 'en', '', '', 1, now() FROM generate_series(1, %(n)s) AS n"""
_KEYS = """
INSERT INTO clients_searchkey (organization_id, client_id, key)
SELECT %(o)s, %(from)s + n, k.key FROM generate_series(1, %(n)s) AS n,
  unnest(ARRAY['first' || n, 'last' || n, reverse('7' || (20000000 + n))]) AS k(key)"""
_EVENTS = """
INSERT INTO activity_activity (organization_id, at, verb, object_kind, object_id, actor_kind, actor_label, source, payload)
SELECT %(o)s, now(), 'visit.booked', 'visit', %(from)s + n, 'client', '', 'web', '{}' FROM generate_series(1, %(n)s) AS n"""
_VISITS = """
INSERT INTO bookings_visit (id, organization_id, location_id, client_id, code, token_hash, status, version, s, e, zone,
  wall, seats, source, note, fields, consents, cancel_reason, booked_at)
SELECT %(from)s + n, %(o)s, %(location)s, %(from)s + n, lpad(n::text, 8, '0'), '',
  CASE WHEN n %% 50 = 0 THEN 'cancelled' ELSE 'completed' END, 1, %(s)s - n * 40, %(s)s - n * 40 + 30,
  'Europe/Bucharest', '', 1, 'web', '', '{}', '[]', '', now() - make_interval(mins => n) FROM generate_series(1, %(n)s) AS n"""
_APPOINTMENTS = """
INSERT INTO bookings_appointment (id, organization_id, visit_id, service_id, resource_id, position, s, e, currency,
  price_source)
SELECT %(from)s + n, %(o)s, %(from)s + n, %(service)s, %(resource)s, 0, %(s)s - n * 40, %(s)s - n * 40 + 30, 'RON', ''
FROM generate_series(1, %(n)s) AS n"""
_ATTENDEES = """
INSERT INTO bookings_attendee (organization_id, visit_id, position, number)
SELECT %(o)s, %(from)s + n, 0, 0 FROM generate_series(1, %(n)s, 8) AS n"""
_SUBJECTS = """
INSERT INTO clients_subject (id, organization_id, client_id, kind, name, details)
SELECT %(from)s + n, %(o)s, %(from)s + n, 'pet', 'Rex', '{}' FROM generate_series(1, %(n)s) AS n"""
_TAGGED = """
INSERT INTO clients_clienttag (organization_id, client_id, tag_id)
SELECT %(o)s, %(from)s + n, t.id FROM generate_series(1, %(n)s) AS n, clients_tag t
WHERE t.organization_id = %(o)s AND t.name = 'Regular' AND n %% 2 = 0"""
_CLAIMS = """
INSERT INTO scheduling_allocation (organization_id, resource_id, location_id, kind, s, e, seats, live, hold,
  appointment_id, role, overbooked, note)
SELECT %(o)s, %(resource)s, %(location)s, 'visit', %(s)s - n * 40, %(s)s - n * 40 + 30, int4range(1, NULL), true, '',
  %(from)s + n, 0, false, '' FROM generate_series(1, %(n)s) AS n"""


def gather(organization: int, location: int, service: int, resource: int, before: int) -> None:
    """Copies of the organization, and its own years of visits that end before an epoch minute."""
    with transaction.atomic("owner"), connections["owner"].cursor() as owner:
        owner.execute("SET CONSTRAINTS ALL DEFERRED")
        owner.execute(TENANT_TABLES)
        tables = [
            "tenancy_organization",
            *(row[0] for row in owner.fetchall() if not row[0].endswith("event")),
        ]
        for table in tables:
            owner.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
            owner.execute(_copy(table), {"o": organization, "copies": COPIES})
        values = {
            "o": organization,
            "location": location,
            "service": service,
            "resource": resource,
            "s": before,
        }
        of_clients = (_CLIENTS, _KEYS, _SUBJECTS, _TAGGED)
        for statement in (*of_clients, _EVENTS, _VISITS, _APPOINTMENTS, _ATTENDEES, _CLAIMS):
            owner.execute(statement, {**values, "from": 900_000_000, "n": VISITS})
        for table in _REMEMBERED:
            owner.execute(_states(table))
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            owner.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
    with connections["owner"].cursor() as owner:
        owner.execute("VACUUM ANALYZE")


def _states(table: str) -> str:
    """One former state of every row, as its trigger would have kept it."""
    with connections["owner"].cursor() as owner:
        owner.execute(_COLUMNS, [f"{table}event"])
        names = ", ".join(f'"{row[0]}"' for row in owner.fetchall() if not row[0].startswith("pgh_"))
    kept = f"(pgh_created_at, pgh_label, pgh_obj_id, {names}) SELECT now(), 'insert', id, {names}"
    return f'INSERT INTO "{table}event" {kept} FROM "{table}"'


def _copy(table: str) -> str:
    """Rows of one tenant for many more, all ids moved by the same distance, unique words given a number."""
    with connections["owner"].cursor() as owner:
        owner.execute(_COLUMNS, [table])
        columns = owner.fetchall()
    moved = ", ".join(_moved(table, name, kind) for name, kind, _longest in columns)
    names = ", ".join(f'"{name}"' for name, _, _ in columns)
    mine = "id" if table == "tenancy_organization" else "organization_id"
    return f'INSERT INTO "{table}" ({names}) SELECT {moved} FROM "{table}", generate_series(1, %(copies)s) AS copy WHERE {mine} = %(o)s'


def _moved(table: str, name: str, kind: str) -> str:
    if kind == "bigint" and (name == "id" or name.endswith("_id")):
        return f'"{name}" + copy * {_APART}'
    if (table, name) in _UNIQUE:  # the only words unique over all tenants
        return f"'x' || lpad(to_hex(id * {COPIES * 2} + copy), 7, '0')"
    return f'"{name}"'
