"""The client's pages as a phone sees them: Lighthouse on the first view and on who and when, several businesses.

The npm package `lighthouse` 12 stands in a folder of its own (13 needs Node 22); the browser is the machine's.
"""

import json
import os
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from bench import tables
from bench.serving import served
from visita.catalog.models import Service
from visita.demo import filling
from visita.demo import world as worlds
from visita.demo.businesses.delancey import DELANCEY
from visita.demo.businesses.meridian import MERIDIAN
from visita.demo.businesses.siluet import SILUET
from visita.demo.businesses.tassula import TASSULA
from visita.demo.founding import found
from visita.demo.plan import Business
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.tenancy.models import Location

_FOLDER = Path(__file__).parent / "lighthouse"
_BUSINESSES = (MERIDIAN, SILUET, TASSULA, DELANCEY)
RUNS = 3
_TRIES = 4  # a load whose trace the browser lost gives no figures and is asked for again
_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
_SCORES = ("performance", "accessibility", "best-practices", "seo")
_AUDITS = {
    "LCP ms": "largest-contentful-paint",
    "TBT ms": "total-blocking-time",
    "CLS": "cumulative-layout-shift",
}
_GOALS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
_LIMITS = {"LCP ms": 1500, "TBT ms": 50, "CLS": 0.02, "kB": 60}
_PEERS = (
    "best peers (Easy!Appointments, django-appointment, pretix)",
    85, 100, 100, 91, 2300, 0, 0, 265, "4 screens, 7 taps",
)  # fmt: skip

Figures = dict[str, float]


def run() -> None:
    """Print a line for each page, its goals, and the peers."""
    _install()
    pages = [page for business in _BUSINESSES for page in _pages(business)]
    with served() as client:
        rows = []
        for name, path in pages:
            seen = [_seen(f"http://127.0.0.1:{client.port}{path}") for _ in range(RUNS)]
            rows.append(_row(name, {key: median(one[key] for one in seen) for key in seen[0]}))
    head = ("page", *_SCORES, *_AUDITS, "script + style kB", "goals")
    goals = ("goal", *_GOALS.values(), *_LIMITS.values(), "")
    tables.show(f"Lighthouse 12, phone, median of {RUNS}", head, [*rows, goals, _PEERS])


def _install() -> None:
    """`npm ci` where the lock file names this machine's packages, else the same versions by `install`."""
    if (_FOLDER / "node_modules" / ".package-lock.json").exists():
        return
    for command in (["npm", "ci", "--silent"], ["npm", "install", "--no-save", "--loglevel=error"]):
        if subprocess.run(command, cwd=_FOLDER, check=False).returncode == 0:
            return
    raise SystemExit("Lighthouse could not be installed: run `npm install` in bench/lighthouse.")


def _pages(business: Business) -> list[tuple[str, str]]:
    """First view, and who and when of the most usual service, of a business that has visits in the next days."""
    organization, made = found(business)
    now = clock.now()
    with scope(organization.pk):
        place = Location.objects.earliest("position").pk
        service = Service.objects.get(is_default=True).pk
        loaded = worlds.load(business, organization)
    today = now.astimezone(ZoneInfo(business.zone)).date()
    for away in range(3 if made else 0):
        filling.fill(loaded, today + timedelta(days=away), now)
    query = urlencode({"location": place, "service": service})
    return [(f"{business.slug}: first", f"/{business.slug}/?location={place}"),
            (f"{business.slug}: when", f"/{business.slug}/?{query}")]  # fmt: skip


def _seen(url: str) -> Figures:
    program = _FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"
    command = ["node", str(program), url, "--quiet", "--output=json", f"--chrome-flags={_FLAGS}"]
    browser = (
        shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""
    )
    for _ in range(_TRIES):
        ran = subprocess.run(
            command, env={**os.environ, "CHROME_PATH": browser}, capture_output=True, text=True, check=False
        )
        if not ran.returncode:
            return _figures(json.loads(ran.stdout))
    raise SystemExit(f"Lighthouse failed {_TRIES} times on {url}: {ran.stderr[-800:]}")


def _figures(report: dict[str, Any]) -> Figures:
    figures = {name: report["categories"][name]["score"] * 100 for name in _SCORES}
    figures |= {name: report["audits"][audit]["numericValue"] for name, audit in _AUDITS.items()}
    sent = report["audits"]["network-requests"]["details"]["items"]
    weight = sum(one["transferSize"] for one in sent if one.get("resourceType") in ("Script", "Stylesheet"))
    return {**figures, "kB": weight / 1000}


def _row(name: str, figures: Figures) -> tuple[object, ...]:
    missed = [key for key, goal in _GOALS.items() if figures[key] < goal]
    missed += [key for key, limit in _LIMITS.items() if figures[key] > limit]
    return (name, *figures.values(), f"MISSED: {', '.join(missed)}" if missed else "met")
