"""Around every view of the API: size limit first, problems for whatever goes wrong, nothing kept by caches."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.utils.translation import gettext as _

from visita.api import problems
from visita.api.body import bad_json, check_size
from visita.foundation.errors import Refusal

View = Callable[..., HttpResponseBase]

_log = logging.getLogger("visita.api")


def shelled(view: View) -> View:
    """The view with the rules of this module around it; never raises, never answers HTML."""

    @wraps(view)
    def around(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            _require_length(request)
            response = view(request, *args, **kwargs)
        except Exception as failure:  # noqa: BLE001 - the border: whatever happens below becomes a problem
            response = failed(request, failure)
        if response.status_code == 405:
            response = _not_allowed(response)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    around.csrf_exempt = True  # type: ignore[attr-defined]
    return around


def _require_length(request: HttpRequest) -> None:
    """Refuses a body that is too large, or whose length is not announced: Django would read it as empty."""
    if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
        raise Refusal("length_required", 411, _("Send the body with a Content-Length, not in chunks."))
    announced = str(request.META.get("CONTENT_LENGTH") or "0")
    check_size(int(announced) if announced.isascii() and announced.isdigit() and len(announced) < 19 else 0)


def failed(request: HttpRequest, failure: Exception) -> HttpResponse:
    """The problem for an exception: a refusal's own, 503 for a busy database, 500 (logged) for our faults."""
    if isinstance(failure, Refusal):
        return problems.problem(failure)
    if isinstance(failure, SuspiciousOperation | UnreadablePostError):
        return problems.problem(bad_json())
    if isinstance(failure, DatabaseError | InterfaceError) and _passing(failure):
        _log.warning("database: %s %s: %s", request.method, request.path, failure)
        return problems.problem(problems.unavailable())
    _log.error("fault: %s %s", request.method, request.path, exc_info=failure)
    return problems.problem(problems.broken())


def _passing(failure: Exception) -> bool:
    """Whether the database was only away, busy or out of patience (25P03: a transaction left idle too long)."""
    state = getattr(failure.__cause__, "sqlstate", None)
    return isinstance(failure, OperationalError | InterfaceError) or state == "25P03"


def no_such_address(_request: HttpRequest, **_rest: Any) -> HttpResponse:
    """The answer for every address below the API that is none."""
    raise problems.not_found()


def _not_allowed(response: HttpResponseBase) -> HttpResponse:
    text = _("This address does not take that method; the Allow header lists those it takes.")
    refused = problems.problem(Refusal("method_not_allowed", 405, text))
    refused["Allow"] = response.headers.get("Allow", "")
    return refused
