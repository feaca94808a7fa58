"""The Idempotency-Key of a request: read, required, and looked up again where a race was lost to one's own twin.

Bookings keep their answer themselves (`idempotency` and `once`), since that must cost them no statement more; every
other POST that changes something is `repeatable`, or keeps its answer by `kept`.
"""

import hashlib
import inspect
import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from visita.activity import idempotency as keeping
from visita.activity.idempotency import Idempotency, StoredAnswer, replay
from visita.api.answers import empty, written
from visita.api.auth import caller
from visita.api.params import IDEMPOTENCY_KEY
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope

_T = TypeVar("_T")

View = Callable[..., HttpResponse]

LONGEST = 255
_ROUTE = 80
_KEY = re.compile(r"[\x21-\x7e]+")


def idempotency(
    request: HttpRequest, principal: str, route: str, *, required: bool = True, at: str = ""
) -> Idempotency | None:
    """The key of this request, tied to what it asks (its body, whatever the order of its fields, and the address `at`).

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
    return Idempotency(principal, route, key, _hash(request, at))


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


def repeatable(view: View) -> View:
    """An operation of the staff's programs that takes an `Idempotency-Key`: the same request again gets the answer that was
    given, and changes nothing. The description of the operation names the header."""

    @wraps(view)
    def around(request: HttpRequest, *args: Any, sent_key: str | None = None, **kwargs: Any) -> HttpResponse:
        who = caller(request)
        return kept(
            request, who.organization_id, f"key {who.actor.id}", lambda: view(request, *args, **kwargs)
        )

    own = inspect.signature(view)
    header = inspect.Parameter(
        "sent_key", inspect.Parameter.KEYWORD_ONLY, default=IDEMPOTENCY_KEY, annotation=str | None
    )
    around.__signature__ = own.replace(parameters=[*own.parameters.values(), header])  # type: ignore[attr-defined]
    return around


def kept(
    request: HttpRequest, organization_id: int, principal: str, act: Callable[[], HttpResponse]
) -> HttpResponse:
    """Answers by `act`; where the request names an Idempotency-Key its success is kept in the transaction of its effect.

    A refusal raised by `act` takes back whatever it did before. Refuses 409 `in_flight`, 422 `key_reused`.
    """
    match = request.resolver_match
    route = f"{request.method} {match.route if match else ''}"[:_ROUTE]
    key = idempotency(request, principal, route, required=False, at=request.path_info)
    if key is None:
        return act()

    def told() -> StoredAnswer:
        made = act()
        return StoredAnswer(made.status_code, made.content)

    return _repeated(keeping.kept(organization_id, key, told))


def _repeated(stored: StoredAnswer) -> HttpResponse:
    """The bytes that are kept, with the version they name as their ETag."""
    if not stored.body:
        return empty()
    version = json.loads(stored.body).get("version")
    named = {} if version is None else {"ETag": f'"{version}"'}
    return written(stored.body, stored.status, **named)


def _hash(request: HttpRequest, at: str) -> str:
    value = json.loads(request.body) if request.body else None
    return hashlib.sha256((at + json.dumps(value, sort_keys=True)).encode()).hexdigest()
