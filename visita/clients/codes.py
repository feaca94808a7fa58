"""How one-time codes are made and compared (reliability S6): random, short-lived, kept as keyed hashes only."""

import hmac
import secrets
from datetime import timedelta
from typing import Final

from django.utils.crypto import salted_hmac

from visita.foundation import scope

DIGITS: Final = 6
LIFE: Final = timedelta(minutes=10)
TRIES: Final = 5
PATIENCE: Final = 10  # wrong tries at one contact, over several codes, before it must wait
FIRST_WAIT: Final = timedelta(minutes=30)
LONGEST_WAIT: Final = timedelta(hours=24)


def fresh() -> str:
    """Six random digits."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def typed(value: str) -> str:
    """The digits of what was typed or pasted, other scripts' digits too; short or long ones match nothing."""
    return "".join(str(int(letter)) for letter in value[:40] if letter.isdecimal())


def digest(code: str, challenge: str) -> str:
    """What is stored of a code: bound to the page that asked and to the organization."""
    value = f"{scope.current()}|{challenge}|{code}"
    return str(salted_hmac("visita.code", value, algorithm="sha256").hexdigest())


def equal(one: str, other: str) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest(one, other)


def wait_after(wrong: int) -> timedelta | None:
    """How long a contact waits after so many wrong tries: 30 minutes after ten, doubled after each ten, at most a day."""
    if wrong % PATIENCE:
        return None
    return min(FIRST_WAIT * (1 << min(wrong // PATIENCE - 1, 10)), LONGEST_WAIT)
