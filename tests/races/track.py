"""The race's cast and plan: fifty racers on one time, on any of three, on lanes, on a class, and on fifty times."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.races.racer import Job
from tests.world import MONDAY, NOW, STAFF, WEEK, at, clinic, service
from visita.bookings import actions
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.scheduling.models import Resource, ResourceLocation, WorkingPattern

RACERS = 50
_HOURS = (9, 10, 11, 13, 14, 15)
_ROOT = Path(__file__).resolve().parents[2]
KINDS = ("slot", "any", "lanes", "parties", "class", "different")
PLACES = {"slot": 1, "any": 3, "lanes": 3, "parties": 3, "class": 3, "different": RACERS}


@dataclass(frozen=True, slots=True)
class Track:
    """An organization with a chair for every racer; `services` and `resources` by the kind of race."""

    organization: int
    location: int
    services: Mapping[str, int]
    resources: Mapping[str, tuple[int, ...]]


def track() -> Track:
    """A fresh one, open on weekdays; the clock stands at the world's NOW."""
    with clock.at(NOW):
        home = clinic()
        chairs = _chairs(home.id, home.location, RACERS + 6)
        kinds = {"slot": chairs[:1], "any": chairs[1:4], "lanes": chairs[4:5], "class": chairs[5:6]}
        kinds |= {"different": chairs[6:], "parties": chairs[4:5]}
        services = {
            "slot": service(home.id, "One", kinds["slot"], minutes=30, start_step=30),
            "any": service(home.id, "Any", kinds["any"], minutes=30, start_step=30),
            "lanes": service(
                home.id, "Hall", kinds["lanes"], minutes=30, start_step=30, capacity=3, max_party=2
            ),
            "class": service(home.id, "Class", kinds["class"], minutes=30, kind="class", capacity=3),
            "different": service(home.id, "Chair", kinds["different"], minutes=30, start_step=30),
        }
    services["parties"] = services["lanes"]
    return Track(home.id, home.location, services, {kind: tuple(each) for kind, each in kinds.items()})


def _chairs(organization: int, place: int, number: int) -> list[int]:
    with scope(organization):
        made = Resource.objects.bulk_create(Resource(name=f"Chair {at}", kind="room") for at in range(number))
        ids = [each.pk for each in made]
        ResourceLocation.objects.bulk_create(
            ResourceLocation(resource_id=each, location_id=place) for each in ids
        )
        WorkingPattern.objects.bulk_create(
            WorkingPattern(resource_id=each, location_id=place, weekday=day.weekday, start=day.start, end=day.end,
                           valid_from=day.valid_from)
            for each in ids for day in WEEK
        )  # fmt: skip
    return ids


def when(turn: int, kind: str) -> datetime:
    """A time of its own for each round; parties come half an hour after the singles of the same hall."""
    day = MONDAY + timedelta(days=turn // len(_HOURS) // 5 * 7 + turn // len(_HOURS) % 5)
    return at(_HOURS[turn % len(_HOURS)], 30 if kind == "parties" else 0, day)


def jobs(on: Track, kind: str, turn: int) -> list[Job]:
    """What each racer books in this round."""
    if kind == "class":
        with clock.at(NOW):
            actions.add_session(on.organization, on.services[kind], on.location, when(turn, kind),
                                list(on.resources[kind]), actor=STAFF)  # fmt: skip
    return [_job(on, kind, turn, number) for number in range(RACERS)]


def _job(on: Track, kind: str, turn: int, number: int) -> Job:
    own = {"slot": on.resources["slot"][0], "different": on.resources["different"][number]}
    return {
        "door": "book",
        "organization": on.organization,
        "service": on.services[kind],
        "resource": own.get(kind),
        "start": when(turn, kind).isoformat(),
        "seats": 1 + number % 2 if kind == "parties" else 1,
        "name": f"Racer{number}",
    }


@dataclass(frozen=True, slots=True)
class Round:
    """One round's jobs and outcomes, and the seconds until the last racer had its answer."""

    kind: str
    jobs: Sequence[Job]
    outcomes: tuple[str, ...]
    slowest: float

    @property
    def sold(self) -> int:
        """Places that were acknowledged."""
        won = zip(self.jobs, self.outcomes, strict=True)
        return sum(job["seats"] for job, outcome in won if outcome == "won")

    @property
    def wrong(self) -> set[str]:
        """Outcomes other than a booking and a friendly refusal."""
        return set(self.outcomes) - {"won", "slot_taken"}


def race(
    environment: Mapping[str, str],
    planned: Sequence[tuple[str, list[Job]]],
    *,
    guarded: bool = True,
    warm: Job | None = None,
) -> list[Round]:
    """Run the rounds one after another with the same racers, each a process of its own; `warm` is done before."""
    plan = {"guarded": guarded, "warm": warm or planned[0][1][0], "rounds": [jobs for _, jobs in planned]}
    found = start(environment, plan, 300 + 3 * len(planned))
    return [
        Round(kind, jobs, tuple(each["outcome"] for each in turn["results"]),
              max(each["finished"] for each in turn["results"]) - turn["opened"])
        for (kind, jobs), turn in zip(planned, found, strict=True)
    ]  # fmt: skip


def start(environment: Mapping[str, str], plan: Mapping[str, Any], seconds: float) -> list[dict[str, Any]]:
    """The starter's results; it is ended after `seconds`."""
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings", "WEB_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.races.starter"],
        cwd=_ROOT, env={**os.environ, **settings, **environment}, input=json.dumps(plan).encode(),
        stdout=subprocess.PIPE, timeout=seconds, check=True,
    )  # fmt: skip
    return list(json.loads(done.stdout))
