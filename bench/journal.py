"""The day journal: its JSON beside the bare SELECT of its rows, its queries, and from data to painted in Chromium."""

import json
import re
from statistics import median
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client as Visitor
from django.test.utils import CaptureQueriesContext

from bench import tables, yardsticks
from bench.dataset import ACTOR, SLUG, World, world
from bench.serving import served
from visita.bookings import journal, journal_rows
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.identity import actions as identity
from visita.identity.models import User

COLUMNS, TIMES, QUERIES, PAINTED = 20, 15, 6, 300
EMAIL = "bench-desk@example.org"
_PAINT = """() => new Promise(done => {
  const scale = document.getElementById("scale"); const begun = performance.now();
  scale.dispatchEvent(new Event("input"));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
})"""  # the slider draws the whole day anew from its data; after the next frame it is on the screen


def run() -> None:
    """Print the three figures with their goals."""
    on = world()
    with yardsticks.bare() as bare:
        found = tables.interleaved({"S": lambda: _select(bare, on), "json": lambda: _json(on)})
    with CaptureQueriesContext(connection) as seen:
        _json(on)
    queries = len(
        [
            each
            for each in seen.captured_queries
            if each["sql"].split()[0] in ("SELECT", "WITH") and "set_config" not in each["sql"]
        ]
    )
    painted, blocks = _painted(on)
    head = ("what", "figure", "goal")
    ratio = found["json"] / found["S"]
    rows = [
        ("bare SELECT of the day's rows, ms", found["S"], ""),
        (f"JSON of {len(on.people)} columns, ms", found["json"], ""),
        ("JSON / SELECT", ratio, tables.met(ratio, TIMES)),
        ("queries", queries, tables.met(queries, QUERIES)),
        (f"{COLUMNS} columns × {blocks} blocks, data to painted, ms", painted, tables.met(painted, PAINTED)),
    ]
    tables.show("The day journal", head, rows)


def _json(on: World) -> bytes:
    with scope(on.organization):
        return json.dumps(journal.journal(on.location, on.first, "en")).encode()


def _select(bare: Any, on: World) -> int:
    first = on.minute(on.first)
    values = {"organization": on.organization, "resources": on.people, "start": first, "end": first + 1440}
    return len(bare.execute(journal_rows.CLAIMS, {**values, "now": clock.now()}, binary=True).fetchall())


def _painted(on: World) -> tuple[float, int]:
    """Median milliseconds of five drawings, and how many blocks were drawn."""
    from playwright.sync_api import sync_playwright

    session = _session(on)  # before the browser: its loop forbids questions to the database
    with served() as client, sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        address = f"http://127.0.0.1:{client.port}"
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
        page = context.new_page()
        page.route(
            re.compile(r"/desk/\?"),
            lambda route: route.fulfill(body=_narrowed(route.fetch().text()), content_type="text/html"),
        )
        page.route(
            re.compile(r"/desk/journal\.json"), lambda route: route.abort()
        )  # the live line would ask for all
        page.goto(f"{address}/{SLUG}/desk/?location={on.location}&date={on.first}")
        page.wait_for_selector(".grid .block")
        taken = [float(page.evaluate(_PAINT)) for _ in range(6)][1:]
        blocks = page.locator(".grid .block").count()
        browser.close()
    return median(taken), blocks


def _narrowed(page: str) -> str:
    """The page with the first columns of its day alone."""

    def fewer(found: re.Match[str]) -> str:
        day = json.loads(found[2])
        day["resources"] = day["resources"][:COLUMNS]
        kept = {each["id"] for each in day["resources"]}
        day["blocks"] = [each for each in day["blocks"] if each["resource"] in kept]
        return found[1] + json.dumps(day) + found[3]

    return re.sub(r'(<script id="desk-journal"[^>]*>)(.*?)(</script>)', fewer, page, flags=re.DOTALL)


def _session(on: World) -> str:
    user = User.objects.filter(email=EMAIL).first()
    if user is None:
        user = identity.create_user(email=EMAIL, password="a long Passw0rd 1", name="Bench")  # noqa: S106
        identity.add_member(on.organization, user.pk, "owner", actor=ACTOR)
    visitor = Visitor()
    visitor.force_login(user)
    return visitor.cookies[settings.SESSION_COOKIE_NAME].value
