"""Free times: any of so many people over so many days, through the API, beside the bare SELECT of the same pairs."""

from itertools import pairwise
from time import perf_counter

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import tables, yardsticks
from bench.dataset import SLUG, World, world
from bench.serving import Client, served
from visita.bookings import answering, availability, calendars, rules
from visita.bookings.availability import Ask, AskItem
from visita.foundation import prepared
from visita.foundation.scope import scope
from visita.scheduling import engine

_SHAPES = ((1, 1), (1, 30), (10, 30), (50, 30), (50, 60))


def run() -> None:
    """Print the table of shapes, the split of the largest, and the counts of queries."""
    on = world()
    with served() as client, yardsticks.bare() as bare:
        empty = {"F": lambda: client.get("/healthz")}
        rows = []
        for people, days in _SHAPES:
            found = tables.interleaved(
                {
                    "S": lambda: yardsticks.pairs(bare, on, people, days),  # noqa: B023  # run at once
                    "api": lambda: _ask(client, on, people, days),  # noqa: B023
                    "inside": lambda: _inside(on, people, days),  # noqa: B023
                    **empty,
                }
            )
            pairs = yardsticks.pairs(bare, on, people, days)
            rows.append((f"{people} × {days}", pairs, found["S"], found["F"], found["inside"], found["api"],
                         found["api"] / found["S"], _queries(on, people, days)))  # fmt: skip
    head = ("people × days", "pairs", "S ms", "F ms", "in process ms", "API ms", "API / S", "queries")
    tables.show("Free times through the API (S: bare SELECT of the pairs, F: an empty view)", head, rows)
    largest = next(row for row in rows if row[0] == "50 × 30")
    print(f"  any of 50 × 30 days: {largest[6]:.2f} × S50, {tables.met(float(largest[6]), 4)}")
    _split(on)


def _ask(client: Client, on: World, people: int, days: int) -> bytes:
    return client.get(
        f"/api/v1/organizations/{SLUG}/availability?location={on.location}&service={on.services[people]}"
        f"&from={on.first}&to={on.last(days)}"
    )


def _question(on: World, people: int, days: int) -> Ask:
    return Ask(on.location, (AskItem(on.services[people]),), on.first, on.last(days))


def _inside(on: World, people: int, days: int) -> bytes:
    with scope(on.organization):
        return answering.availability_json(_question(on, people, days))


def _queries(on: World, people: int, days: int) -> int:
    with CaptureQueriesContext(connection) as seen:
        _inside(on, people, days)
    return len(
        [query for query in seen.captured_queries if query["sql"].split()[0] in ("SELECT", "WITH", "(SELECT")]
    )


def _split(on: World) -> None:
    """Where the time of the largest question goes, in process."""
    parts: dict[str, list[float]] = {}
    for _ in range(9):
        for name, milliseconds in _once(on).items():
            parts.setdefault(name, []).append(milliseconds)
    rows = [(name, sorted(each)[len(each) // 2]) for name, each in parts.items()]
    tables.show("Any of 50 × 30 days in process, part by part", ("part", "ms"), rows)


def _once(on: World) -> dict[str, float]:
    ask = _question(on, 50, 30)
    marks = [("", perf_counter())]

    def mark(name: str) -> None:
        marks.append((name, perf_counter()))

    with scope(on.organization):
        mark("scope")
        found = rules.load(ask.location_id, (ask.items[0].service_id,))
        mark("rules")
        work = calendars.working(found, on.people, ask.first, ask.last)
        mark("working time")
        window = engine.Window(on.minute(ask.first), on.minute(on.last(31)))
        busy = prepared.ask(calendars.packed(on.people, window.origin - 720, window.end + 2880))
        mark("claims")
        known = calendars.join(work, busy)
        service = found.service(ask.items[0].service_id)
        offered = engine.offers(
            window, service.need(service.candidates(None, False), 1), known, found.limits([service], False)
        )
        mark("engine")
        starts = (availability.Start(start, start + 30, able) for start, able in offered.items())
        answering.written(found, availability.by_day(ask, found, starts))
        mark("dump")
    mark("leaving")
    return {name: (at - before) * 1000 for (_, before), (name, at) in pairwise(marks)}
