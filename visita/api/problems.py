"""Errors as problem details (RFC 9457): one shape for every refusal, a code for programs, a text for people."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from visita.api.answers import dumped
from visita.foundation.errors import Refusal, Refusals

MEDIA_TYPE = "application/problem+json"
PAGE = "/api/v1/docs"  # `type` leads to the code's line on the reading page


def problem(refusal: Refusal) -> HttpResponse:
    """The answer to a refusal: its code, its text, its fields (422), and whatever facts it carries."""
    facts = dict(refusal.extra)
    wait = facts.pop("retry_after", None)
    headers = {} if wait is None else {"Retry-After": str(wait)}
    if refusal.status == 401:  # RFC 9110 wants a challenge with every 401
        headers["WWW-Authenticate"] = 'Bearer realm="visita"'
    return HttpResponse(
        dumped(_body(refusal, facts)), status=refusal.status, content_type=MEDIA_TYPE, headers=headers
    )


def _body(refusal: Refusal, facts: dict[str, Any]) -> dict[str, Any]:
    if refusal.code == "not_found":  # whatever was missed: nobody learns from the words whose it is
        refusal = not_found()
    body: dict[str, Any] = {
        "type": f"{PAGE}#{refusal.code}",
        "title": HTTPStatus(refusal.status).phrase,
        "status": refusal.status,
        "detail": str(refusal.message),
        "code": refusal.code,
    }
    if refusal.status == 422:
        body["errors"] = [_error(one) for one in _all(refusal)]
    return facts | body


def _all(refusal: Refusal) -> list[Refusal]:
    return refusal.all if isinstance(refusal, Refusals) else [refusal]


def _error(refusal: Refusal) -> dict[str, Any]:
    return {"field": refusal.field or "", "code": refusal.code, "message": str(refusal.message)}


def not_found(_what: object = None) -> Refusal:
    """What does not exist, belongs to somebody else, or may not be known to exist: one answer for all."""
    return Refusal("not_found", 404, _("There is nothing here under this address."))


def forbidden() -> Refusal:
    """The key is good, its role is not enough."""
    return Refusal(
        "forbidden", 403, _("This key's role may not do that. Ask an administrator for the right.")
    )


def unauthorized() -> Refusal:
    """No key, or one that opens nothing; never says which."""
    return Refusal(
        "unauthorized", 401, _("Send a valid key of your organization: “Authorization: Bearer …”.")
    )


def token_required() -> Refusal:
    """The client's own booking without its token."""
    return Refusal("unauthorized", 401, _("Send the booking's own token as “X-Manage-Token”."))


def client_twice() -> Refusal:
    """A known client and another's details in one booking: whose it would be is not ours to choose."""
    text = _("Name the client once: by “client_id” or with the details in “client”.")
    return Refusal("client_twice", 422, text, field="client")


def unavailable() -> Refusal:
    """The database did not take it in time; with a key of its own the same request can be sent again safely."""
    text = _("The service is busy and your request may not have been saved. Ask again with the same key.")
    return Refusal("try_again", 503, text, retry_after=2)


def broken() -> Refusal:
    """A fault of ours: it is logged, and nothing of it is told."""
    return Refusal("internal_error", 500, _("Something went wrong on our side; it has been recorded."))
