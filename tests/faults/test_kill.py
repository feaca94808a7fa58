"""kill -9 in the middle of bookings: what was acknowledged is there, what is there is whole."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.races.track import Track, track, when
from tests.races.truth import asked

WRITERS = 3
_ROOT = Path(__file__).resolve().parents[2]

_ACKNOWLEDGED = "SELECT count(*) FROM bookings_visit WHERE organization_id = %s AND code = ANY(%s)"
_ALL = "SELECT count(*) FROM bookings_visit WHERE organization_id = %s"
# A visit without its appointment, its claim, or the event that tells the world of it.
_HALF = """
SELECT count(*) FROM bookings_visit v LEFT JOIN bookings_appointment p ON p.visit_id = v.id
LEFT JOIN scheduling_allocation a ON a.appointment_id = p.id
LEFT JOIN activity_activity e ON e.id = v.activity_id AND e.object_id = v.id
WHERE v.organization_id = %s AND (p.id IS NULL OR a.id IS NULL OR e.id IS NULL)"""

pytestmark = [pytest.mark.race, pytest.mark.slow]


def _writer(on: Track, number: int, environment: dict[str, str]) -> subprocess.Popen[str]:
    chair = on.resources["different"][number]
    words = [on.organization, on.services["different"], chair, when(0, "slot").isoformat()]
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.writer", *map(str, words)],
        cwd=_ROOT, env={**os.environ, **settings, **environment}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def _killed(writer: subprocess.Popen[str]) -> list[str]:
    """The codes a writer acknowledged until it died in the middle of the next booking."""
    assert writer.stdout is not None
    codes = [writer.stdout.readline().strip() for _ in range(random.randrange(3, 12))]
    time.sleep(random.uniform(0, 0.02))
    writer.kill()
    rest = [line.strip() for line in writer.stdout if line.endswith("\n")]
    writer.wait()
    writer.stdout.close()
    return codes + rest


def test_a_killed_writer_loses_nothing_and_leaves_nothing_half(
    committed_db: None, database_environment: dict[str, str]
) -> None:
    on = track()
    writers = [_writer(on, number, database_environment) for number in range(WRITERS)]
    codes = [code for writer in writers for code in _killed(writer)]
    assert len(codes) >= 3 * WRITERS
    assert asked(_ACKNOWLEDGED, on.organization, codes) == len(set(codes)) == len(codes)
    assert asked(_ALL, on.organization) <= len(codes) + WRITERS
    assert asked(_HALF, on.organization) == 0
