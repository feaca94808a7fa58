"""Proof of work: after a few codes from one address the browser must find a number before the next (reliability S7).

A puzzle is a signed note, so nothing is stored until it is solved; each is taken once. Without script, waiting does.
"""

import hashlib
import secrets
from typing import Final

from django.core import signing

from visita.foundation import clock, scope
from visita.foundation.errors import Refusal
from visita.identity.rate import Limit, hit

BITS: Final = 17  # about 130,000 hashes: a second or two in a browser
WAIT: Final = 60  # seconds after which the note counts without an answer
_LIFE: Final = 900  # seconds a puzzle lives
_SALT: Final = "visita.work"
_ONCE: Final = Limit(1, 60)


def puzzle() -> str:
    """A fresh one."""
    return signing.dumps([scope.current(), secrets.token_hex(8), int(clock.now().timestamp())], salt=_SALT)


def done(note: str, answer: str) -> bool:
    """Whether the note is ours, unused, and solved by `answer` or waited for. Uses it up."""
    try:
        organization, name, since = signing.loads(note, salt=_SALT)
    except (signing.BadSignature, TypeError, ValueError):
        return False
    age = clock.now().timestamp() - since
    if organization != scope.current() or not 0 <= age <= _LIFE:
        return False
    return (age >= WAIT or solves(note, answer)) and _first(name)


def solves(note: str, answer: str) -> bool:
    """Whether SHA-256 of note and answer begins with enough zero bits."""
    if not answer.isascii() or len(answer) > 20:
        return False
    found = hashlib.sha256(f"{note}:{answer}".encode()).digest()
    return int.from_bytes(found, "big") >> (256 - BITS) == 0


def _first(name: str) -> bool:
    try:
        hit(_ONCE, scope.current(), "code.work", name)
    except Refusal:
        return False
    return True
