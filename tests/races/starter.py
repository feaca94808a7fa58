"""Forks the racers, releases each round at one moment, and prints what every racer saw: `python -m tests.races.starter`.

Reads a plan from standard input: `{"guarded": bool, "warm": job, "rounds": [[job of each racer], …]}`. A gate is a pipe whose end
all racers wait for: closing it lets all of them go at once, which no number of messages would.
"""

import gc
import json
import os
import select
import sys
import time
from typing import Any

_PATIENCE = 60.0  # seconds until a round counts as hung; every statement of the application ends in ten

Pipe = tuple[int, int]


def start(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """Per round when its gate opened (monotonic seconds, one clock for all processes) and the racers' results."""
    rounds = plan["rounds"]
    ready, gates = os.pipe(), [os.pipe() for _ in rounds]
    gc.freeze()
    racers = [_fork(plan, number, ready, gates) for number in range(len(rounds[0]))]
    opened = [_release(gate, ready, len(racers)) for gate in gates]
    lanes = [_collect(out) for out in racers]
    return [{"opened": at, "results": [lane[turn] for lane in lanes]} for turn, at in enumerate(opened)]


def _release(gate: Pipe, ready: Pipe, racers: int) -> float:
    while racers:
        if not select.select([ready[0]], [], [], _PATIENCE)[0]:
            raise TimeoutError("a racer did not come to the start")
        racers -= len(os.read(ready[0], racers))
    opened = time.monotonic()
    os.close(gate[1])
    return opened


def _collect(out: int) -> list[dict[str, Any]]:
    with os.fdopen(out) as results:
        return list(json.loads(results.read()))


def _fork(plan: dict[str, Any], number: int, ready: Pipe, gates: list[Pipe]) -> int:
    back, out = os.pipe()
    if os.fork():
        os.close(out)
        return back
    try:
        for _, end in gates:
            os.close(end)
        results = _race(plan, number, ready, gates)
        with os.fdopen(out, "w") as writer:
            json.dump(results, writer)
    finally:
        os._exit(0)


def _race(plan: dict[str, Any], number: int, ready: Pipe, gates: list[Pipe]) -> list[dict[str, Any]]:
    from tests.races import racer, unguarded

    if not plan["guarded"]:
        unguarded.take_the_guard_off()
    racer.prepare()
    results = []
    for jobs, gate in zip(plan["rounds"], gates, strict=True):
        os.write(ready[1], b".")
        os.read(gate[0], 1)
        results.append(racer.run(jobs[number]))
    return results


def _main() -> None:
    import django

    django.setup()
    from tests.races import racer

    plan = json.load(sys.stdin)
    racer.warm(plan["warm"])
    json.dump(start(plan), sys.stdout)


if __name__ == "__main__":
    _main()
