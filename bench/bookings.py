"""Booking through the API with everything on, one client, beside three bare inserts in one transaction."""

import itertools
import json
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection, connections
from django.test import Client as Direct
from django.test.utils import CaptureQueriesContext, override_settings

from bench import processor, tables, yardsticks
from bench.dataset import REGULARS, SLUG, ZONE, World, world
from bench.serving import Client, served
from visita.bookings.availability import Ask, AskItem, availability
from visita.foundation.scope import scope

_ROUNDS, _EACH = 9, 20
_PATH = f"/api/v1/organizations/{SLUG}/bookings"
_number = itertools.count(secrets.randbelow(900_000))
_NEW = "SELECT array_agg(id) FROM bookings_visit WHERE organization_id = %s AND source = 'api'"
_FORGET = (
    "DELETE FROM scheduling_allocation WHERE appointment_id IN (SELECT id FROM bookings_appointment WHERE visit_id = ANY(%s))",
    "DELETE FROM bookings_appointment WHERE visit_id = ANY(%s)",
    "DELETE FROM bookings_visit WHERE id = ANY(%s)",
)


def run() -> None:
    """Print rates and the share; then take the new bookings away again, so that the data set stays what it is."""
    on = world()
    free = _free(on)
    try:
        with served() as client, yardsticks.bare() as bare:
            _rates(client, yardsticks.ThreeInserts(bare, on.minute(on.first)), free)
        _show_queries(on, free)
    finally:
        _forget(on)


def _rates(client: Client, inserts: yardsticks.ThreeInserts, free: Iterator[dict[str, Any]]) -> None:
    bare = {"behind": inserts.behind, "among": inserts.among}
    rates: dict[str, list[float]] = {name: [] for name in (*bare, "named", "known", "new")}
    computed: dict[str, list[float]] = {name: [] for name in rates}
    for turn in range(_ROUNDS + 1):
        for name in rates:
            before, begun = _computed(client), perf_counter()
            for _ in range(_EACH):
                if name in bare:
                    bare[name]()
                else:
                    client.post(_PATH, _body(next(free), name), {"Idempotency-Key": secrets.token_hex(8)})
            if turn:
                rates[name].append(_EACH / (perf_counter() - begun))
                computed[name].append((_computed(client) - before) / _EACH * 1000)
    _show_rates({name: median(each) for name, each in rates.items()})
    spent = [(name, min(each), median(each)) for name, each in computed.items() if name not in bare]
    tables.show("Processor time of a booking, server and database, ms", ("", "least", "median"), spent)


def _show_rates(rates: dict[str, float]) -> None:
    named = {"among": "three bare inserts, among the other bookings", "behind": "three bare inserts, behind all others",
             "named": "API, named person, known client", "known": "API, anyone, known client",
             "new": "API, anyone, new client"}  # fmt: skip
    rows = [
        (text, rates[name], rates[name] / rates["among"], rates[name] / rates["behind"])
        for name, text in named.items()
    ]
    tables.show("Bookings one after another, one client", ("", "per second", "of among", "of behind"), rows)
    for yardstick in ("among", "behind"):
        share = rates["new"] / rates[yardstick]
        print(f"  {share:.1%} of the inserts {yardstick} the others, {tables.met(share, 0.12, least=True)}")


def _computed(client: Client) -> float:
    return processor.spent(client.process) + processor.database()


def _free(on: World) -> Iterator[dict[str, Any]]:
    """Free times of anyone, far apart in the order they are taken, so that the choice stays wide."""
    with scope(on.organization):
        item = AskItem(on.services[50])
        spans = [(on.first + timedelta(days=at), on.first + timedelta(days=at + 89)) for at in (0, 90)]
        days = [day for span in spans for day in availability(Ask(on.location, (item,), *span)).days]
    halves = [start for day in days for start in day.starts if start.start % 30 == 0]  # none touches another
    starts = [start for start in halves if len(start.resources) > 2]
    for start in itertools.chain.from_iterable(starts[turn::7] for turn in range(7)):
        yield {"service": on.services[50], "resource": start.resources[0], "start": _local(start.start)}


def _local(minute: int) -> str:
    return datetime.fromtimestamp(minute * 60, ZONE).isoformat()


def _body(item: dict[str, Any], kind: str) -> dict[str, Any]:
    items = [item if kind == "named" else {**item, "resource": None}]
    return {"items": items, "client": _newcomer() if kind == "new" else _regular()}


def _newcomer() -> dict[str, str]:
    number = next(_number)
    contact = {"phone": f"+40721{number:06}", "email": f"new{number}@example.test"}
    return {"first_name": f"Client{number}", "last_name": "Ilie", **contact}


def _regular() -> dict[str, str]:
    """One of the data set's clients, each another: nobody reaches the limit of bookings of one contact."""
    number = next(_number) % REGULARS + 1
    return {
        "first_name": f"First{number}",
        "last_name": f"Last{number}",
        "email": f"client{number}@example.test",
    }


def _show_queries(on: World, free: Iterator[dict[str, Any]]) -> None:
    """Counted in process, with the limits for strangers on (raised, so that they do not end the bench)."""
    high = {"book": (10_000, 60), "read": (10_000, 60)}
    with override_settings(API_LIMITS=high, RATE_LIMITS=True):
        for _ in range(2):
            body = json.dumps(_body(next(free), "new"))
            with CaptureQueriesContext(connection) as seen:
                answer = Direct().post(
                    _PATH,
                    body,
                    "application/json",
                    headers={"Idempotency-Key": secrets.token_hex(8), "Host": "localhost"},
                )
            assert answer.status_code == 201, answer.content
    statements = [" ".join(query["sql"].split())[:100] for query in seen.captured_queries]
    counted = [each for each in statements if each not in ("BEGIN", "COMMIT") and "set_config" not in each]
    tables.show("Statements of one booking (anyone, new client)", ("", ""), list(enumerate(counted, 1)))
    print(f"  {len(counted)} statements, {tables.met(len(counted), 12)}")


def _forget(on: World) -> None:
    with connections["owner"].cursor() as owner:
        owner.execute(_NEW, [on.organization])
        made = owner.fetchone()[0] or []
        for statement in _FORGET:
            owner.execute(statement, [made])
