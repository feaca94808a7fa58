"""Fifty processes for one place, in the forms of tests/races; `FULL=1` runs a hundred rounds of each."""

import os
from statistics import median

from django.conf import settings

from bench import tables
from tests.races.track import KINDS, PLACES, jobs, race, track
from tests.races.truth import DEADLOCKS, DOUBLES, asked

_ROUNDS = 100 if os.environ.get("FULL") == "1" else 10


def run() -> None:
    """Print winners, refusals and the slowest answers, beside the same fifty on fifty different times."""
    on, deadlocks = track(), asked(DEADLOCKS)
    planned = [("warm", jobs(on, "different", _ROUNDS))]
    planned += [(kind, jobs(on, kind, turn)) for turn in range(_ROUNDS) for kind in KINDS]
    rounds = race({"VISITA_DATA": str(settings.VISITA_DATA)}, planned)[1:]
    slowest = {kind: [each.slowest for each in rounds if each.kind == kind] for kind in KINDS}
    rows = []
    for kind in KINDS:
        own = [each for each in rounds if each.kind == kind]
        sold = {each.sold for each in own}
        wrong = sum(outcome not in ("won", "slot_taken") for each in own for outcome in each.outcomes)
        ratio = median(slowest[kind]) / median(slowest["different"])
        rows.append(
            (
                kind,
                PLACES[kind],
                f"{min(sold)}-{max(sold)}",
                wrong,
                median(slowest[kind]),
                max(slowest[kind]),
                ratio,
            )
        )
    head = (
        "50 processes on",
        "places",
        "sold",
        "errors",
        "slowest s (median)",
        "slowest s (worst)",
        "× different",
    )
    tables.show(f"Races, {_ROUNDS} rounds of each", head, rows)
    print(f"  deadlocks {asked(DEADLOCKS) - deadlocks}, doubles {asked(DOUBLES, on.organization)}")
    worst = max(median(each) for each in slowest.values())
    ratio = max(max(each) for each in slowest.values()) / max(slowest["different"])
    print(
        f"  slowest of all against the slowest of different: {ratio:.2f} ×, {tables.met(ratio, 4)}; {worst:.2f} s, {tables.met(worst, 2)}"
    )
