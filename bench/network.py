"""The desk's questions in a large organization, over HTTP as a browser asks them, each beside an empty view.

`clients`: the search among 100,000 clients. `network`: the whole desk with 2,000,000 visits of 500,000 clients in sixty
branches; its data (some 4 GB) are made at the first run and deleted by `DELETE=1`.
"""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median, quantiles
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db import connections

from bench import processor, tables, yardsticks
from bench.network_data import LARGE, SMALL, TENTH, Network, Size, delete, network
from bench.network_more import REGULAR
from bench.serving import Client, served
from bench.signing import cookie
from visita.bookings import risk
from visita.foundation.scope import scope

ROUNDS = 21
SEARCH = 50  # milliseconds, p95 (ux.md)
QUERIES = {
    "three letters": "pop",
    "one letter": "m",
    "end of a phone": "4417",
    "a whole phone": "0740 123 456",
    "Cyrillic": "кузнецова",
    "Cyrillic in Latin letters": "kuznetsova",
    "without marks": "stefan makonen",
    "two words": "maria popescu",
    "two frequent beginnings": "ma po",
    "one letter wrong": "popezcu",
    "an email's beginning": "c4711",
    "nobody": "xyzzy",
}
_BARE = """
SELECT c.* FROM clients_client c WHERE c.id IN (SELECT k.client_id FROM clients_searchkey k
  WHERE k.organization_id = %s AND k.key >= %s AND k.key < %s LIMIT 200)"""


class Taken(NamedTuple):
    """Sorted milliseconds by the clock, and the median processor time of the web process and of the database."""

    clock: list[float]
    web: float
    database: float


def clients() -> None:
    """The client search of the desk."""
    on = network(SMALL)
    with served() as client, yardsticks.bare() as bare:
        ask = _asking(client, on.organization)
        works = {name: ask(f"clients.json?{urlencode({'q': text})}", on) for name, text in QUERIES.items()}
        works["S"] = lambda: bare.execute(_BARE, [on.organization, "pop", "poq"], binary=True).fetchall()
        _table(f"Searching a client among {on.size.clients:,}", client, works, SEARCH)


def run() -> None:
    """Every list of the desk in the large network, or with `TENTH=1` in one of a tenth of its visits and clients."""
    size = TENTH if os.environ.get("TENTH") else LARGE
    if os.environ.get("DELETE"):
        return delete(size)
    on = network(size)
    _sizes(size)
    with served() as client:
        ask = _asking(client, on.organization)
        works = {name: ask(path, on) for name, path in _paths(on).items()}
        works |= {
            f"client search: {name}": ask(f"clients.json?{urlencode({'q': text})}", on)
            for name, text in QUERIES.items()
        }
        times = _times(on)
        works["free times, any of a branch, 30 days"] = lambda: client.get(times)
        _table(f"A network of {on.size.visits:,} visits and {on.size.clients:,} clients", client, works, None)
        with scope(on.organization):
            begun = time.perf_counter()
            risk.counted()
            print(f"  the risk model's counts, once a day by the worker: {time.perf_counter() - begun:.1f} s")


def _times(on: Network) -> str:
    last = on.day + timedelta(days=29)
    asked = {"location": on.branch, "service": on.service, "from": on.day, "to": last}
    return f"/api/v1/organizations/{on.size.slug}/availability?{urlencode(asked)}"


def _paths(on: Network) -> dict[str, str]:
    day = {"location": on.branch, "date": on.day.isoformat()}
    last = {**day, "date": (on.day - timedelta(days=300)).isoformat()}
    at, week = urlencode(day), urlencode({**day, "resource": on.person})
    month = {"from": (on.day - timedelta(days=37)).isoformat(), "to": on.day.isoformat()}
    return {
        "journal, data": f"journal.json?{at}",
        "journal, page": f"?{at}",
        "journal of last year": f"journal.json?{urlencode(last)}",
        "week of one": f"week.json?{week}",
        "week, page": f"week/?{at}",
        "month overview": f"month/?{at}",
        "locations": f"locations/?{at}",
        "locations, the last page": f"locations/?{at}&page=8",
        "free times of all locations": f"branches/?{urlencode({**day, 'service': on.service})}",
        "list of the day": f"list/?{at}",
        "table": "table/",
        "table, all years": "table/?from=2000-01-01",
        "its number of rows": "table/count.json?from=2000-01-01",
        "table of one person": f"table/?{urlencode({'from': '2000-01-01', 'resource': on.person})}",
        "table by name of client": f"table/?{urlencode({**month, 'sort': 'client'})}",
        "table, a month": f"table/?{urlencode(month)}",
        "table, filtered": f"table/?{urlencode({**month, 'status': 'no_show', 'location': on.branch})}",
        "table by client": f"table/?{urlencode({**month, 'client': 'popescu'})}",
        "export of a month, csv": f"table/visits.csv?{urlencode({**month, 'location': on.branch})}",
        "search: a client": f"search/?{urlencode({'in': 'client', 'text': 'popescu'})}",
        "search: anything": "search/?text=maria",
        "hits of a search": f"hits.json?{urlencode({**day, 'find': 'any:maria'})}",
        "list of clients": "clients/",
        "list of clients, searched": "clients/?q=maria",
        "client's card": f"clients/{on.client}/",
        "a visit": f"visits/{on.size.base + 1}/",
        **_others(on, at),
    }


def _others(on: Network, at: str) -> dict[str, str]:
    """What else is looked at in such a place."""
    month = {"from": (on.day - timedelta(days=37)).isoformat(), "to": on.day.isoformat()}
    regular = f"clients/{on.size.base + REGULAR}"
    return {
        "a card with 2,000 visits": f"{regular}/",
        "its hint": f"{regular}/hint/",
        "rooms": f"rooms/?{at}",
        "my day": "agenda/",
        "the day as it was": f"then/?{at}",
        "a day of all working hours": f"hours/?{at}",
        "waitlist": "waitlist/",
        "waitlist, all": "waitlist/?state=all",
        "to look at": "doubts/",
        "clients of one tag": f"clients/?tag={on.size.base + 3}",
        "table, what was moved": f"table/?{urlencode({'from': '2000-01-01', 'changed': 1})}",
        "table, booked in a month": f"table/?{urlencode({'booked_from': month['from'], 'booked_to': month['to']})}",
        "table by day of booking": "table/?sort=booked&down=1",
        "table of a month by price": f"table/?{urlencode({**month, 'location': on.branch, 'sort': 'price'})}",
        "table of all years by name": "table/?from=2000-01-01&sort=client",
        "table of too much by price": "table/?from=2000-01-01&sort=price",
        "day on paper": f"print/sheet.pdf?{at}",
    }


def _asking(client: Client, organization: int) -> Callable[[str, Network], Callable[[], object]]:
    client.headers = {"Cookie": cookie(organization), "Accept-Encoding": "gzip"}

    def ask(path: str, on: Network) -> Callable[[], object]:
        return lambda: client.get(f"/{on.size.slug}/desk/{path}")

    return ask


def _table(title: str, client: Client, works: dict[str, Callable[[], Any]], goal: float | None) -> None:
    taken = _timed({"F": lambda: client.get("/healthz"), **works}, client.process)
    empty = taken["F"].clock[len(taken["F"].clock) // 2]
    head = ("what", "median ms", "p95 ms", "shortest ms", "median / F", "web ms", "db ms")
    rows = []
    for name, each in taken.items():
        middle, late = each.clock[len(each.clock) // 2], quantiles(each.clock, n=20)[-1]
        shown = (name, middle, late, each.clock[0], middle / empty, each.web, each.database)
        rows.append((*shown, *((tables.met(late, goal),) if goal else ())))
    told = "F: an empty view; S: the rows of three letters by a bare SELECT; web, db: processor time of one"
    tables.show(f"{title} ({told})", (*head, *(("goal",) if goal else ())), rows)


def _timed(works: dict[str, Callable[[], Any]], process: int) -> dict[str, Taken]:
    """What each took, in turns; two rounds are thrown away."""
    clock: dict[str, list[float]] = {name: [] for name in works}
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for turn in range(ROUNDS + 2):
        for name, work in works.items():
            before = processor.spent(process), processor.database()
            begun = time.perf_counter()
            work()
            if turn > 1:
                clock[name].append((time.perf_counter() - begun) * 1000)
                after = processor.spent(process), processor.database()
                spent[name].append((after[0] - before[0], after[1] - before[1]))
    return {
        name: Taken(sorted(clock[name]), *(median(each) * 1000 for each in zip(*spent[name], strict=True)))
        for name in works
    }


def _sizes(size: Size) -> None:
    with connections["owner"].cursor() as owner:
        owner.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        print(f"{size.slug}: the database is {owner.fetchone()[0]}")
