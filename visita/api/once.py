"""The Idempotency-Key of a request: read, required, and looked up again where a race was lost to one's own twin."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _

from visita.activity.idempotency import Idempotency, StoredAnswer, replay
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope

_T = TypeVar("_T")

LONGEST = 255
_KEY = re.compile(r"[\x21-\x7e]+")


def idempotency(
    request: HttpRequest, principal: str, route: str, *, required: bool = True
) -> Idempotency | None:
    """The key of this request, tied to what it asks (its body, whatever the order of its fields).

    Refuses 400 where it is missing (`idempotency_key_required`) or is not 1 to 255 visible ASCII characters.
    """
    key = request.headers.get("Idempotency-Key", "")
    if not key and not required:
        return None
    if not key:
        text = _(
            "Send an “Idempotency-Key” header: a new random value for each booking, the same for a retry."
        )
        raise Refusal("idempotency_key_required", 400, text)
    if len(key) > LONGEST or not _KEY.fullmatch(key):
        text = _("The Idempotency-Key must be 1 to 255 visible ASCII characters.")
        raise Refusal("idempotency_key_invalid", 400, text)
    return Idempotency(principal, route, key, _hash(request))


def once(organization_id: int, key: Idempotency | None, act: Callable[[], _T]) -> _T | StoredAnswer:
    """Runs the action; where it lost its time to somebody, looks whether that was the same request sent twice."""
    try:
        return act()
    except Refusal as refusal:
        if key is not None and refusal.code in ("slot_taken", "hold_expired"):
            with scope(organization_id):
                stored = replay(key)
            if stored is not None:
                return stored
        raise


def _hash(request: HttpRequest) -> str:
    value = json.loads(request.body) if request.body else None
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
