"""The client's way through the pages, step by step: server time with 50 people over 60 days, beside an empty view."""

import http.client
import re
import time
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from statistics import median
from urllib.parse import urlencode

from bench import tables
from bench.dataset import SLUG, World, world
from bench.serving import served
from visita.foundation.actor import SYSTEM
from visita.tenancy import actions as tenancy

ROUNDS, GOAL = 100, 150
_SLOT = re.compile(r'name="slot" value="([^"]+)"')
_INPUT = re.compile(r'<input[^>]*name="(?P<name>[^"]+)"[^>]*>')
_VALUE = re.compile(r'value="([^"]*)"')
_PERSON = {"region": "RO", "first_name": "Maria", "last_name": "Ilie"}


@dataclass
class Visitor:
    """One client with a browser that keeps its connection; remembers how long each step took."""

    port: int
    taken: dict[str, list[float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def ask(self, step: str, path: str, form: dict[str, str] | None = None) -> tuple[str, str]:
        """The page (or, after a form, where it leads). Any other answer ends the run."""
        body = urlencode(form).encode() if form is not None else None
        headers = {"Origin": f"http://127.0.0.1:{self.port}"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        self._connection.request("POST" if body is not None else "GET", path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        self.taken.setdefault(step, []).append((time.perf_counter() - begun) * 1000)
        if answer.status not in (200, 302, 303):
            raise SystemExit(f"{step} {path}: {answer.status} {text[-800:]}")
        return text, answer.getheader("Location") or ""


def run() -> None:
    """Print the table of steps."""
    on = world()
    tenancy.set_setting(on.organization, "horizon_days", 60, actor=SYSTEM)
    try:
        with served() as client:
            visitor = Visitor(client.port)
            for number in range(ROUNDS + 3):
                _once(visitor, on, number)
                if number == 2:
                    visitor.taken.clear()  # the first requests fill caches
    finally:  # the other parts need the whole year
        tenancy.set_setting(on.organization, "horizon_days", 365, actor=SYSTEM)
    rows = [(step, median(each), _p95(each), "" if step == "empty view" else tables.met(_p95(each), GOAL))
            for step, each in visitor.taken.items()]  # fmt: skip
    head = ("step", "median ms", "p95 ms", f"goal ≤ {GOAL} ms")
    tables.show(f"The client's steps, 50 people × 60 days, {ROUNDS} requests each, in turns", head, rows)


def _p95(taken: list[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.95)]


def _once(visitor: Visitor, on: World, number: int) -> None:
    home = f"/{SLUG}/"
    when = f"{home}?service={on.services[50]}"
    visitor.ask("empty view", "/healthz")
    visitor.ask("what", home)
    visitor.ask("search", f"{home}?q=on+of")
    visitor.ask("who and when", when)
    day = on.first + timedelta(days=number % 40)
    page, _ = visitor.ask("another day", f"{when}&date={day}")
    visitor.ask("month", f"{when}&date={day}&view=month")
    slots = [slot for slot in _SLOT.findall(page) if slot.startswith("any.")]
    slot = slots[number % len(slots)]
    _, there = visitor.ask("hold", f"{home}hold/", {**_hidden(page), "slot": slot})
    page, _ = visitor.ask("details", there)
    form = {**_hidden(page), **_PERSON, "phone": f"0721 55{number:04}"}
    _, there = visitor.ask("book", f"{home}booking/", form)
    visitor.ask("done", there)


def _hidden(page: str) -> dict[str, str]:
    """What the page's forms carry along."""
    found = {}
    for match in _INPUT.finditer(page):
        value = _VALUE.search(match[0])
        if 'type="hidden"' in match[0] and value:
            found[match["name"]] = unescape(value[1])
    return found
