"""The API's one door: ninja with our parser, our problems and closed by default."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from visita.api import problems
from visita.api.auth import StaffKey
from visita.api.body import StrictParser, bad_json
from visita.api.refused import refusal_of
from visita.api.shell import failed
from visita.foundation.errors import Refusal

DESCRIPTION = (
    "Appointments for every business that works by the clock. The public part needs no key and is limited; the staff "
    "part takes `Authorization: Bearer <key>`. Times carry the offset of the location's zone; errors are problem "
    "details (RFC 9457) with a `code` for programs."
)


def make() -> NinjaAPI:
    """The API with every router mounted; made once per process (and once per test that looks at it)."""
    api = NinjaAPI(
        title="Visita",
        version="1",
        description=DESCRIPTION,
        openapi_url=None,
        docs_url=None,
        auth=StaffKey(),
        parser=StrictParser(),
        urls_namespace="api-v1",
    )
    for kind in (Exception, Refusal, Http404, HttpError, ValidationError):
        api.add_exception_handler(kind, _answer)
    return api


def _answer(request: HttpRequest, failure: Any) -> HttpResponse:
    if isinstance(failure, ValidationError):
        return problems.problem(refusal_of(failure.errors))
    if isinstance(failure, HttpError):  # ninja wraps whatever the parser raised
        cause = failure.__cause__
        return problems.problem(cause if isinstance(cause, Refusal) else bad_json())
    if isinstance(failure, Http404):
        return problems.problem(problems.not_found())
    return failed(request, failure)
