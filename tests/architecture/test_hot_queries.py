"""No hot question reads a tenant's table from end to end, asked as the application's role behind the wall.

Only leakproof operators reach an index there, so a query that is fast for the owner may scan everything for us. Every
statement the functions really send is explained just before it runs.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import connection, connections, transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.architecture.crowd import TENANT_TABLES, gather
from tests.database import apart
from tests.world import CLIENT, MONDAY, NOW, STAFF, Clinic, at, clinic, day_after, person, request
from visita.activity import reading
from visita.activity.idempotency import Idempotency, replay, store
from visita.activity.models import Errand
from visita.bookings import (
    actions,
    availability,
    client_visits,
    hints,
    holds,
    journal,
    journal_days,
    journal_month,
    journal_offer,
    journal_places,
    journal_then,
    limits,
    queries,
    reliability,
    series_plan,
    states,
    story,
    table,
    table_ways,
)
from visita.bookings.availability import Ask, AskItem
from visita.bookings.repeating import Repeat
from visita.bookings.requests import Booked, BookRequest, HoldRequest, Item, MoveRequest, SubjectDetails
from visita.bookings.series_requests import Chosen, SeriesRequest
from visita.bookings.table_wanted import AnyOf, Wanted
from visita.catalog import actions as catalog
from visita.catalog.asking import Where
from visita.clients import actions as client_actions
from visita.clients import base
from visita.clients.models import Client, Tag
from visita.clients.personal_data import Personal
from visita.clients.search import search
from visita.foundation import clock
from visita.foundation.database.statements import compiled
from visita.foundation.scope import scope
from visita.messaging import log as letters
from visita.scheduling import actions as scheduling
from visita.tenancy import queries as tenancy
from visita.web.desk.hours import log

pytestmark = pytest.mark.slow

MOST_ROWS = 4000  # the clinic has four times as many visits, claims and clients
_EXPLAINED = {"SELECT", "WITH", "INSERT", "UPDATE", "DELETE"}


@pytest.fixture(scope="module")
def crowded(django_db_setup: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Clinic]:
    """A clinic with years behind it among five hundred others; the clock stands at NOW."""
    with django_db_blocker.unblock(), apart(), clock.at(NOW):
        home = clinic()
        _furnish(home)
        gather(home.id, home.location, home.visit, home.ana, clock.minute())
        yield home


def _furnish(home: Clinic) -> None:
    """A row in every table that the questions read, to be copied."""
    catalog.add_specialty(home.id, {"en": "Medicine"}, actor=STAFF)
    scheduling.set_exception(home.id, home.ana, home.location, day_after(20), [], reason="Away", actor=STAFF)
    actions.add_session(home.id, home.yoga, home.location, at(14), [home.ana], actor=STAFF)
    catalog.add_promotion(
        home.id, home.gym, {"en": "Mornings"}, percent=10, valid_from=MONDAY, end=540, actor=STAFF
    )
    here = [Where(home.location, None, home.visit)]
    catalog.add_field(home.id, "plate", {"en": "Plate"}, "text", where=here, actor=STAFF)
    consent = catalog.add_consent(home.id, {"en": "News"}, where=here, required=False, actor=STAFF)
    _book(home, request(home, at(10), consents=[consent.pk]))
    _book(home, request(home, at(14), home.yoga))
    _book(home, request(home, at(9), None, home.ana, subject=SubjectDetails("pet", "Rex")))
    _repeat(home)
    with scope(home.id, durable=True):
        known = Client.objects.order_by("id").values_list("id", flat=True)[0]
        client_actions.tag.here(known, "Regular", actor=STAFF)  # the crowd's too, every second of them
        client_actions.tag.here(known, "Rare", actor=STAFF)
        client_actions.set_personal_data.here(known, Personal(birth_date="1980-11-23"), actor=STAFF)
        reading.note("client", known, STAFF)
        Errand.objects.create(
            event_id=1, consumer="tell", recipient=f"client:{known}", due_at=NOW, done_at=NOW
        )
        store(Idempotency("anonymous", "bookings", "first", "hash"), 201, b"{}")


def _repeat(home: Clinic) -> None:
    """Two visits of a series."""
    visit = replace(request(home, at(15), who=home.mihai), location_id=home.location, staff=True)
    rule = Repeat("week", count=2)
    with scope(home.id):
        rows = series_plan.plan(visit, rule)
    chosen = tuple(Chosen(row.number, row.items) for row in rows)
    actions.book_series(home.id, SeriesRequest(visit, rule, chosen), STAFF)


def _book(home: Clinic, wanted: BookRequest) -> Booked:
    booked = actions.book(home.id, wanted, CLIENT)
    assert isinstance(booked, Booked)
    return booked


@contextmanager
def _scans() -> Iterator[list[str]]:
    """Sequential scans of tenants' tables, and far too many rows, in the plans of everything executed meanwhile."""
    found: list[str] = []
    with connections["owner"].cursor() as owner:
        owner.execute(TENANT_TABLES)
        tables = {row[0] for row in owner.fetchall()}

    def explain(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        word = sql.lstrip(" (\n").split(None, 1)[0].upper()
        if word in _EXPLAINED and "set_config" not in sql:
            run = "ANALYZE, TIMING OFF, " if word == "SELECT" else ""  # what writes must not run twice
            with context["connection"].connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN ({run}FORMAT JSON) {sql}", params)
                plan = cursor.fetchone()[0]
            found.extend(_scanned(plan if isinstance(plan, list) else json.loads(plan), tables, sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        yield found


def _scanned(node: Any, tables: set[str], sql: str) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _scanned(each, tables, sql)
    elif isinstance(node, dict):
        if node.get("Relation Name") in tables and (
            node["Node Type"] == "Seq Scan" or _rows(node) > MOST_ROWS
        ):
            found = f"{node['Relation Name']}: {node['Node Type']} {node.get('Index Name', '')}, {_rows(node):.0f} rows, {node.get('Filter')}"
            yield f"{found} in {' '.join(sql.split())[:200]}"
        yield from _scanned(list(node.values()), tables, sql)


def _rows(node: dict[str, Any]) -> float:
    """Rows looked at, those thrown away included; 0 where the statement was not run."""
    looked = node.get("Actual Rows", 0) + node.get("Rows Removed by Filter", 0)
    return float(looked * node.get("Actual Loops", 0))


def _ask(home: Clinic, *services: int, **more: Any) -> Ask:
    items = tuple(AskItem(service) for service in services)
    return Ask(home.location, items, MONDAY, MONDAY + timedelta(days=30), **more)


def _hold_and_book(home: Clinic) -> None:
    item = Item(home.visit, None, at(10))
    held = actions.hold(home.id, HoldRequest((item,)), CLIENT)
    actions.extend_hold(home.id, held.token, CLIENT)
    booked = _book(home, BookRequest((item,), client=person("New"), hold=held.token))
    actions.move(home.id, booked.visit_id, MoveRequest(at(11), staff=True), STAFF)
    actions.cancel(home.id, booked.visit_id, STAFF)
    actions.restore(home.id, booked.visit_id, STAFF)
    actions.arrive(home.id, booked.visit_id, STAFF)
    released = actions.hold(home.id, HoldRequest((item,)), CLIENT)
    actions.release_hold(home.id, released.token, CLIENT)


def _by_link(home: Clinic) -> None:
    booked = _book(home, request(home, at(15)))
    with scope(home.id):
        queries.visit_by_token(booked.code, booked.manage_token)
        story.history(booked.visit_id)


def _answer_once(home: Clinic) -> None:
    key = Idempotency("anonymous", "bookings", "key", "hash")
    assert replay(key) is None
    store(key, 201, b"{}")
    assert replay(key) is not None


def _days(home: Clinic) -> tuple[int, int]:
    return clock.to_minute(at(0)), clock.to_minute(at(0, day=day_after(1)))


def _bounded(counting: Any, question: Callable[[], Any]) -> None:
    """A count stops where it says; the clinic is too small for the usual number."""
    with mock.patch.object(counting, "COUNTED", 1000):
        assert question() == 1001


def _many(sort: str, **more: Any) -> table.Page:
    """A page of more than are put in order."""
    orders = {name: replace(order, most=1000) for name, order in table.SORTS.items()}
    with mock.patch.object(table, "SORTS", orders):
        found = table.page(Wanted(sort=sort, **more))
    assert len(found.rows) == 50
    return found


def _of_tag(name: str, found: int) -> None:
    tag = Tag.objects.get(name=name).pk
    assert len(base.listed(base.Wanted(tag=tag)).clients) == found


def _file() -> None:
    assert len(list(table.all_rows(table.all_keys(Wanted(sort="client"), 1000)))) == 1000


def _rare(narrowed: Wanted, found: int = 0, *, way: bool = True) -> None:
    """A page of what hardly any visit has, in the order of dates and in another; the clinic is too small for the usual numbers."""
    with mock.patch.multiple(table_ways, AT_FIRST=500, SEEN=1000, RARE=2000 if way else 0):
        page = table_ways.page(narrowed)
        assert len(page.rows) == found and (page.until is None) == way
        table_ways.page(replace(narrowed, sort="price"))
        assert table_ways.counted(narrowed).more is not way


def _side_by_side(home: Clinic, **more: Any) -> None:
    journal_places.places(tenancy.locations(), MONDAY, ("en", "en"), **more)


READS: dict[str, Callable[[Clinic], Any]] = {
    "free times of whole resources": lambda home: availability.availability(_ask(home, home.visit)),
    "free times with room and nurse": lambda home: availability.availability(_ask(home, home.scan)),
    "free times on lanes": lambda home: availability.availability(_ask(home, home.gym, seats=2)),
    "free times one after another": lambda home: availability.availability(_ask(home, home.visit, home.scan)),
    "classes": lambda home: availability.availability(_ask(home, home.yoga)),
    "the next free day": lambda home: availability.next_free_day(_ask(home, home.visit)),
    "why there is no time": lambda home: availability.explain(
        _ask(home, home.visit), clock.to_minute(at(20))
    ),
    "clients by name": lambda home: search("last77 first77"),
    "clients by two frequent beginnings": lambda home: search("fi la"),
    "clients by phone": lambda home: search("0720000077"),
    "clients by a plate": lambda home: search("LD14 EHJ"),
    "clients by a name in one piece": lambda home: search("la st77 first 77"),
    "a page of all clients": lambda home: base.listed(base.Wanted()),
    "a page of a frequent tag": lambda home: _of_tag("Regular", 50),
    "a page of a rare tag": lambda home: _of_tag("Rare", 1),
    "visits by any word": lambda home: table.count(
        Wanted(any_of=(AnyOf((900_000_077,), (), (), "00000077", "headache"),))
    ),
    "a page of the table": lambda home: table.page(Wanted()),
    "the table in the order of names": lambda home: _many("client"),
    "the table in the order of booking": lambda home: _many("booked", down=True),
    "the table in an order of its own": lambda home: _many("price"),
    "the table of what was booked that day": lambda home: _many(
        "when", booked_first=NOW - timedelta(days=9999)
    ),
    "the table of what was moved": lambda home: table.page(Wanted(changed=True)),
    "the table of a source that nothing has": lambda home: _rare(Wanted(sources=("fax",))),
    "the table of a status that nothing has": lambda home: _rare(Wanted(statuses=("arrived",))),
    "the table of statuses that nothing has": lambda home: _rare(Wanted(statuses=("arrived", "requested"))),
    "the table of a service that nothing has": lambda home: _rare(Wanted(services=(home.gym,))),
    "the table of parties": lambda home: _rare(Wanted(measured=(("places", ((50, None),)),))),
    "the table of public visits": lambda home: _rare(Wanted(schemes=("public",))),
    "the table of what is rare by nothing": lambda home: _rare(
        Wanted(statuses=("confirmed",), measured=(("due", ((1, 2),)),)), way=False
    ),
    "a file of the table": lambda home: _file(),
    "how many rows the table has": lambda home: _bounded(table, lambda: table.count(Wanted())),
    "how many clients there are": lambda home: _bounded(base, base.count),
    "all tags with their clients": lambda home: base.tags(),
    "a day of several locations": lambda home: _side_by_side(home),
    "the figures of locations not looked at": lambda home: _side_by_side(home, whole=()),
    "a week": lambda home: journal_days.days(home.location, MONDAY, 7, "en"),
    "a month": lambda home: journal_month.figures(home.location, MONDAY, 42),
    "what each location gives": lambda home: journal_offer.services_of([home.location], "en", "en"),
    "the journal as it was": lambda home: journal_then.then(home.location, MONDAY, NOW, "en"),
    "hints for a day's visits": lambda home: hints.of_visits(range(900_000_070, 900_000_170)),
    "how reliable many clients are": lambda home: reliability.of_clients(range(900_000_070, 900_000_170)),
    "the states of a visit": lambda home: states.steps(900_000_077),
    "last and next visits": lambda home: client_visits.around(range(900_000_070, 900_000_170)),
    "who opened a visit": lambda home: reading.of({"visit": [900_000_077], "client": [900_000_077]}),
    "changes to working time by nobody": lambda home: list(
        log.changes().filter(actor_label__icontains="zz").order_by("-id")[:100]
    ),
    "letters to a client": lambda home: letters.of_client(900_000_077),
    "the journal": lambda home: journal.journal(home.location, MONDAY, "en"),
    "visits of a day": lambda home: queries.visits(*_days(home)),
    "a visit by its code": lambda home: queries.visits(None, None, code="00000077"),
    "a visit": lambda home: queries.visit(900_000_077),
    "a visit's history": lambda home: story.history(900_000_077),
    "an answer given before": _answer_once,
}
WRITES: dict[str, Callable[[Clinic], Any]] = {
    "hold, book, move, cancel, restore, settle": _hold_and_book,
    "anyone for somebody new": lambda home: _book(home, request(home, at(16), client=person("Very", "New"))),
    "a place in a class": lambda home: _book(home, request(home, at(14), home.yoga)),
    "a party on lanes": lambda home: _book(home, request(home, at(14), home.gym, seats=2)),
    "a scan with nurse and room": lambda home: _book(home, request(home, at(13), home.scan)),
    "the manage link": _by_link,
}


@pytest.mark.parametrize("question", READS)
def test_no_question_reads_everything(crowded: Clinic, question: str) -> None:
    with scope(crowded.id), _scans() as scans:
        READS[question](crowded)
    assert scans == []


@pytest.mark.parametrize("deed", WRITES)
def test_no_deed_reads_everything(crowded: Clinic, deed: str) -> None:
    with _scans() as scans:
        WRITES[deed](crowded)
    assert scans == []


def test_a_scan_would_be_seen(crowded: Clinic) -> None:
    with scope(crowded.id), _scans() as scans, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM scheduling_allocation WHERE note LIKE %s", ["%x%"])
    assert len(scans) == 1
    assert "scheduling_allocation" in scans[0]


@pytest.mark.parametrize("statement", [holds._READ, holds._DROP, holds._EXTEND])
def test_a_hold_is_found_by_its_index_whatever_its_token(crowded: Clinic, statement: str, db: None) -> None:
    """One plan serves all values: an index of held rows is of use only where the statement itself names them."""
    with scope(crowded.id), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (GENERIC_PLAN) {compiled(statement).sql.decode()}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Seq Scan on scheduling_allocation" not in plan and "Seq Scan on bookings_place" not in plan, plan


def test_a_contact_is_counted_from_its_visits_however_few_events_the_statistics_know(crowded: Clinic) -> None:
    """A young business: begun at the events, the statement that books would read all that clients have ever booked."""
    plain = f"SELECT {limits.OPEN} FROM (SELECT 1) AS one"
    with transaction.atomic("owner"), connections["owner"].cursor() as owner:
        owner.execute("DELETE FROM activity_activity WHERE object_kind = 'visit'")
        owner.execute("ANALYZE activity_activity")
        owner.execute(f"EXPLAIN (GENERIC_PLAN) {compiled(plain).sql.decode()}")
        plan = "\n".join(row[0] for row in owner.fetchall())
        transaction.set_rollback(True, "owner")
    with connections["owner"].cursor() as owner:
        owner.execute("ANALYZE activity_activity")
    assert "object_id = v.id" in plan, plan
