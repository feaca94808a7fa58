"""A form that is pressed twice does its work once: a hidden key made with the form, and what the form says.

Another wish under the same key (the form reached by the back button and changed) is another wish: what is said is part
of the key.
"""

import json
import secrets
import time
from collections.abc import Callable
from typing import TypeVar

from visita.activity.idempotency import Idempotency
from visita.foundation import ids
from visita.foundation.errors import Refusal
from visita.web.desk.door import Guest
from visita.web.desk.reading import Body

_T = TypeVar("_T")

FIELD = "pressed"
_AGAIN, _WAITS = (
    12,
    0.25,
)  # how often, and how many seconds apart, the second press asks for the first one's answer


def key() -> str:
    """A key for a form that is about to be shown."""
    return secrets.token_urlsafe(12)


def once(guest: Guest, route: str, sent: Body) -> Idempotency | None:
    """The key of what was sent with the words it says; None where the form had none."""
    made = sent.text(FIELD, 40)
    if not made:
        return None
    said = {name: value for name, value in sent.values.items() if name != "csrfmiddlewaretoken"}
    words = ids.digest(json.dumps(said, sort_keys=True, default=str))
    return Idempotency(
        f"staff {guest.actor.id}", f"desk.{route}", f"{ids.digest(made)[:32]}.{words[:32]}", words
    )


def patiently(act: Callable[[], _T]) -> _T:
    """Runs `act`; while the first press is still being worked on, waits up to three seconds for its answer."""
    for _turn in range(_AGAIN):
        try:
            return act()
        except Refusal as refusal:
            if refusal.code != "in_flight":
                raise
            time.sleep(_WAITS)
    return act()
