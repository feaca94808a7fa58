"""Workers side by side share the work, and kill -9 in the middle neither loses an errand nor does it twice unnoticed."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.faults import courier
from tests.tenants import Tenant, fresh
from visita.activity import outbox, worker
from visita.activity.models import Errand
from visita.activity.record import record
from visita.foundation import clock
from visita.foundation.actor import SYSTEM
from visita.foundation.scope import scope

EVENTS = 1000 if os.environ.get("FULL") else 60
KILLS = 20 if os.environ.get("FULL") else 4
PATIENCE = 120.0 + EVENTS / 4  # seconds after which a drill is given up
_ROOT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.race, pytest.mark.slow]


@pytest.fixture
def enlisted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """This process knows the courier too, and no other consumer."""
    monkeypatch.setattr(outbox, "CONSUMERS", {})
    monkeypatch.setattr(outbox, "SWEEPS", {})
    courier.enlist(tmp_path / "book")
    yield tmp_path / "book"


def _worker(
    book: Path, environment: dict[str, str], guarded: bool = True, pause: float = 0.003
) -> subprocess.Popen[str]:
    """Ready to begin; `pause` is half the seconds that an errand takes it."""
    words = [str(book), "guarded" if guarded else "unguarded", str(pause)]
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.courier", *words], cwd=_ROOT, text=True,
        env={**os.environ, **settings, **environment}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip


def _go(workers: list[subprocess.Popen[str]]) -> None:
    """All are ready before any begins."""
    for each in workers:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    for each in workers:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()


def _happened() -> tuple[Tenant, set[str]]:
    """An organization with events, and the keys of what must be carried."""
    tenant = fresh()
    with scope(tenant.id):
        events = [record(courier.HEARD, "parcel", number, SYSTEM) for number in range(EVENTS)]
    return tenant, {f"{event}:{courier.NAME}:{name}:sms" for event in events for name in courier.PEOPLE}


def _written(book: Path, wanted: set[str]) -> Counter[str]:
    """How often each of ours stands in the book (others' events may be left in the same database)."""
    lines = book.read_text().split() if book.exists() else []
    return Counter(line for line in lines if line in wanted)


def _lines(book: Path) -> int:
    """How much was carried so far."""
    return book.read_bytes().count(b"\n") if book.exists() else 0


def _carried(book: Path, goal: int) -> bool:
    return _lines(book) >= goal


def _until(reached: Callable[[], bool], seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not reached() and time.monotonic() < end:
        time.sleep(0.01)


def _all_done(tenant: Tenant) -> bool:
    with scope(tenant.id):
        return Errand.objects.filter(done_at__isnull=False).count() >= EVENTS * (1 + len(courier.PEOPLE))


def _end(workers: list[subprocess.Popen[str]]) -> None:
    for each in workers:
        each.kill()
        each.communicate()


def _lapse(tenant: Tenant) -> None:
    """The lease of what the killed worker had in hand runs out: the next one has that to do again."""
    with scope(tenant.id):
        Errand.objects.filter(done_at=None, attempts__gt=0).update(due_at=clock.now())


def _shared(
    book: Path, environment: dict[str, str], guarded: bool, enough: Callable[[Counter[str]], bool]
) -> tuple[Counter[str], set[str]]:
    tenant, wanted = _happened()
    workers = [_worker(book, environment, guarded) for _ in range(2)]
    try:
        _go(workers)
        _until(lambda: _all_done(tenant) or enough(_written(book, wanted)))
    finally:
        _end(workers)
    return _written(book, wanted), wanted


def test_two_workers_do_everything_once(
    committed_db: None, database_environment: dict[str, str], enlisted: Path
) -> None:
    written, wanted = _shared(enlisted, database_environment, guarded=True, enough=lambda _written: False)
    assert set(written) == wanted
    assert set(written.values()) == {1}


def test_without_the_claim_two_workers_do_things_twice(
    committed_db: None, database_environment: dict[str, str], enlisted: Path
) -> None:
    """The negative control; of one round alone a busy machine may make a queue."""
    twice = any(
        _doubled(_shared(enlisted, database_environment, guarded=False, enough=_doubled)[0])
        for _round in range(5)
    )
    assert twice


def _doubled(written: Counter[str]) -> bool:
    return max(written.values(), default=0) > 1


def test_killed_workers_lose_nothing_and_repeat_no_more_than_they_had_in_hand(
    committed_db: None, database_environment: dict[str, str], enlisted: Path
) -> None:
    tenant, wanted = _happened()
    for _ in range(KILLS):
        workers = [_worker(enlisted, database_environment, pause=0.02)]
        goal = _lines(enlisted) + random.randrange(1, 12)
        _go(workers)
        _until(partial(_carried, enlisted, goal))
        _end(workers)
        _lapse(tenant)
    before = _written(enlisted, wanted)
    assert set(before) < wanted  # they died in the middle
    with clock.at(datetime.now(UTC) + timedelta(minutes=3)):
        worker.drain()
    written = _written(enlisted, wanted)
    assert set(written) == wanted
    assert sum(written.values()) - len(wanted) <= KILLS
    once = _written(courier.register_of(enlisted), wanted)  # whoever tells keys apart has each effect once
    assert set(once) == wanted and set(once.values()) == {1}
    with scope(tenant.id):
        rows = Errand.objects.exclude(recipient="")
        assert (rows.count(), rows.filter(done_at=None).count(), rows.filter(dead=True).count()) == (
            len(wanted),
            0,
            0,
        )
