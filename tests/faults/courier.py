"""A worker that carries errands until it is killed: each key is written to files before the errand is noted as done.

The book takes every delivery. The register is what a provider that knows keys does: a key it has is not taken again.
"""

import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from threading import Event as Over

import django

HEARD, NAME = "parcel.sent", "courier"
PEOPLE = ("maria", "ion")


def enlist(book: Path, pause: float = 0.0) -> None:
    """Register the consumer: two people are told of each event, by a line in `book`."""
    from visita.activity import outbox

    def expand(_event: outbox.Event) -> Iterable[outbox.Wanted]:
        return [outbox.Wanted(name, "sms") for name in PEOPLE]

    def carry(errand: outbox.Errand) -> None:
        time.sleep(pause)
        _write(book, errand.key)
        known = register_of(book)
        if not known.exists() or errand.key not in known.read_text().split():
            _write(known, errand.key)
        time.sleep(pause)

    outbox.CONSUMERS.clear()
    outbox.SWEEPS.clear()
    outbox.register(outbox.Consumer(NAME, frozenset({HEARD}), expand, carry))


def register_of(book: Path) -> Path:
    """Where the same keys stand once."""
    return book.with_suffix(".once")


def _write(file: Path, key: str) -> None:
    line = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(line, f"{key}\n".encode())
    os.close(line)


def take_the_guard_off() -> None:
    """Claim without a lock: what two workers see they both do."""
    from visita.activity import errands

    errands._NEXT = errands._NEXT.replace("FOR UPDATE OF d SKIP LOCKED", "")


def _main(book: str, guarded: str, pause: str) -> None:
    django.setup()
    from visita.activity import worker

    enlist(Path(book), float(pause))
    if guarded == "unguarded":
        take_the_guard_off()
    print("ready", flush=True)  # noqa: T201 - the starting gun waits for it
    sys.stdin.readline()
    worker.run(Over())


if __name__ == "__main__":
    _main(*sys.argv[1:])
