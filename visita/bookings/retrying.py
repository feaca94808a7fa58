"""Running an action's transaction again when the database asks for it: deadlock, serialization, lock time-out, and a
statement that was prepared before a table changed; or when the rules it went by were changed meanwhile."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import DatabaseError

from visita.bookings import errors
from visita.foundation.prepared import FORGOTTEN

_T = TypeVar("_T")

# 40P01 deadlock, 40001 serialization, 55P03 lock not available: the transaction did nothing and may run again
AGAIN = {"40P01", "40001", "55P03", *FORGOTTEN}
TRIES = 4


def retrying(transaction: Callable[[], _T]) -> _T:
    """Run `transaction` (a whole scope) up to four times with jitter; then refuse with 503 `try_again`."""
    for turn in range(TRIES):
        try:
            return transaction()
        except errors.RulesChanged:
            continue
        except DatabaseError as error:
            if getattr(error.__cause__, "sqlstate", None) not in AGAIN:
                raise
            time.sleep(random.uniform(0.01, 0.05) * (turn + 1))  # noqa: S311 - no secret
    raise errors.try_again()
