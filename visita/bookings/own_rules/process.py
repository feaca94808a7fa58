"""The process in which rules run: reads questions from standard input, answers line by line (`runner` starts it).

What a rule prints goes nowhere; what it may use is bounded. Only the kind and the place of an error are told, never its
text, which could hold what a client typed.
"""

import importlib.metadata
import json
import os
import resource
import sys
import traceback
from typing import Any, BinaryIO

from visita.bookings.own_rules import VERSION, Rule, wire

MEMORY = 1 << 30  # bytes of address space

_known: dict[str, Rule] = {}


def loaded(name: str) -> Rule:
    """The rule of an entry point's name; LookupError for unknown ones and other versions of the interface."""
    if name not in _known:
        found = importlib.metadata.entry_points(group="visita.rules", name=name)
        if not found:
            raise LookupError("no rule of this name is installed")
        rule = next(iter(found)).load()
        if getattr(rule, "interface", None) != VERSION:
            raise LookupError(f"the rule is not made for version {VERSION} of the interface")
        _known[name] = rule
    return _known[name]


def answered(line: bytes) -> bytes:
    """The verdict on one question, or what broke."""
    try:
        asked: dict[str, Any] = json.loads(line)
        rule = loaded(asked["rule"])
        return wire.answer(rule(wire.proposal(asked["proposal"]), asked["parameters"]))
    except LookupError as error:
        return wire.broken(f"{type(error).__name__}: {error}" if error.args else type(error).__name__)
    except BaseException as error:  # noqa: BLE001 - whatever a rule raises, the server hears of it
        at = traceback.extract_tb(error.__traceback__)[-1]
        return wire.broken(f"{type(error).__name__} at {at.filename}:{at.lineno}")


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the server hangs up."""
    for line in questions:
        answers.write(answered(line))
        answers.flush()


def main() -> None:
    """Keeps the answers' channel for itself, so that nothing a rule prints can be taken for a verdict."""
    answers = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    answers.write(b"ready\n")
    answers.flush()
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
