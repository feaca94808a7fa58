"""The orders of the table of appointments, and where a question of it begins to read.

An order that no index has is made of the rows themselves, as long as they are not too many; names and dates of booking have an
index to walk along when they are. Behind the tenant wall the server guesses few rows for any tenant and would join tables whole:
`OFFSET 0` keeps each part of a row a look-up by its own index. How many rows are wanted stands in the words of a statement, since
one plan serves all values.
"""

from dataclasses import dataclass
from typing import Final

from visita.bookings import verbs

SORTED: Final = 25_000
"""Services that are put into an order at most; a week of sixty branches has 20,000."""
NAMED: Final = 5_000
"""The same for names: from here on it is less to walk along all clients by name until a page is full."""

_VISIT = "SELECT y.* FROM bookings_visit y WHERE y.organization_id = %(o)s"
_APPOINTMENTS = """
CROSS JOIN LATERAL (SELECT x.* FROM bookings_appointment x
  WHERE x.organization_id = %(o)s AND x.visit_id = v.id OFFSET 0) a"""
VISITS: Final = f"""
FROM bookings_visit v{_APPOINTMENTS}"""
OF_RESOURCES: Final = f"""
FROM (SELECT x.* FROM bookings_appointment x
  WHERE x.organization_id = %(o)s AND x.resource_id = ANY(%(resources)s){{since}} OFFSET 0) a
CROSS JOIN LATERAL ({_VISIT} AND y.id = a.visit_id OFFSET 0) v"""
OF_PARTS: Final = f"""
FROM (SELECT x.* FROM bookings_appointment x WHERE x.organization_id = %(o)s AND x.id = ANY(%(parts)s) OFFSET 0) a
CROSS JOIN LATERAL ({_VISIT} AND y.id = a.visit_id OFFSET 0) v"""
BOOKED: Final = f"""
FROM ({_VISIT}{{booked}} OFFSET 0) v{_APPOINTMENTS}"""
MOVED: Final = f"""
FROM (SELECT DISTINCT m.object_id FROM activity_activity m
  WHERE m.organization_id = %(o)s AND m.object_kind = 'visit' AND m.verb = '{verbs.MOVED}' OFFSET 0) m
CROSS JOIN LATERAL ({_VISIT} AND y.id = m.object_id OFFSET 0) v{_APPOINTMENTS}"""
FROM_VISITS: Final = f"""
FROM ({{found}} OFFSET 0) v{_APPOINTMENTS}"""
FROM_PARTS: Final = f"""
FROM ({{found}} OFFSET 0) a
CROSS JOIN LATERAL ({_VISIT} AND y.id = a.visit_id OFFSET 0) v"""
BY_NAME: Final = f"""
FROM clients_client c
CROSS JOIN LATERAL ({_VISIT} AND y.client_id = c.id{{span}} OFFSET 0) v{_APPOINTMENTS}"""

OF_WHOM: Final = """(SELECT string_agg(b.name, ', ' ORDER BY b.name, b.id) FROM unnest(coalesce(nullif(
    ARRAY(SELECT DISTINCT t.subject_id FROM bookings_attendee t WHERE t.organization_id = %(o)s
      AND t.visit_id = v.id AND t.position = a.position AND t.subject_id IS NOT NULL), '{}'), ARRAY[v.subject_id])) AS w(id)
  CROSS JOIN LATERAL (SELECT z.id, z.name FROM clients_subject z
    WHERE z.organization_id = %(o)s AND z.id = w.id OFFSET 0) b)"""
SERVICES: Final = """
JOIN catalog_service s ON s.organization_id = %(o)s AND s.id = a.service_id"""
CLIENTS: Final = """
CROSS JOIN LATERAL (SELECT z.* FROM clients_client z WHERE z.organization_id = %(o)s AND z.id = v.client_id OFFSET 0) c"""
_RESOURCES = """
LEFT JOIN scheduling_resource r ON r.organization_id = %(o)s AND r.id = a.resource_id"""
_SPECIALTIES = f"""{SERVICES}
LEFT JOIN catalog_specialty t ON t.organization_id = %(o)s AND t.id = s.specialty_id"""
_LOCATIONS = """
JOIN tenancy_location l ON l.organization_id = %(o)s AND l.id = v.location_id"""


@dataclass(frozen=True, slots=True)
class Order:
    """By which columns, what is read for them besides visits and appointments, and of how many rows it is made at most."""

    columns: tuple[str, ...]
    reads: str = ""
    most: int = SORTED

    @property
    def key(self) -> str:
        """What a page goes on after: the column, or all of them as a list."""
        return self.columns[0] if len(self.columns) == 1 else f"ARRAY[{', '.join(self.columns)}]::text[]"

    def by(self, down: bool) -> str:
        """The columns and the appointment's id, one way or the other."""
        way = " DESC" if down else ""
        return ", ".join(f"{each}{way}" for each in (*self.columns, "a.id"))

    def after(self, down: bool) -> str:
        """The test for what comes behind %(after_key)s and %(after_id)s."""
        many = len(self.columns) > 1
        keys = [f"(%(after_key)s::text[])[{at}]" for at, _each in enumerate(self.columns, 1)]
        mine = ", ".join((*self.columns, "a.id"))
        theirs = ", ".join((*(keys if many else ["%(after_key)s"]), "%(after_id)s"))
        return f" AND ({mine}) {'<' if down else '>'} ({theirs})"


WHEN: Final = Order(("v.s",))  # the services of one visit follow by id; the index on visits gives this order
BOOKED_ON: Final = Order(("v.booked_at",))
NAME: Final = Order(("c.last_name", "c.first_name"), CLIENTS, NAMED)
# Phones and emails have no order here: the last row's key stands in the address of the next page.
SORTS: Final[dict[str, Order]] = {
    "when": WHEN,
    "booked": BOOKED_ON,
    "client": NAME,
    "service": Order(("coalesce(s.position, 0)",), SERVICES),
    "who": Order(("coalesce(r.position, 0)",), _RESOURCES),
    "status": Order(("v.status",)),
    "specialty": Order(("coalesce(t.position, 0)",), _SPECIALTIES),
    "location": Order(("l.position",), _LOCATIONS),
    "length": Order(("a.e - a.s",)),
    "price": Order(("coalesce(a.price_minor, 0)",)),
    "source": Order(("v.source",)),
    "seats": Order(("v.seats",)),
    "scheme": Order(("v.scheme",)),
    "code": Order(("v.code",)),
    "discount": Order(("a.discount_minor",)),
    "due": Order(("coalesce(a.price_minor, 0)::bigint * v.seats - a.discount_minor",)),
    "about": Order((f"coalesce({OF_WHOM}, '') COLLATE \"C\"",), most=NAMED),
}
