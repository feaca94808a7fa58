"""Answers that need no page: to requests so wrong that none of our screens was asked."""

from django.http import HttpRequest, HttpResponse

from visita.foundation.errors import Refusal


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 in one plain sentence (a forged Host header, a form with too many fields)."""
    return HttpResponse("This request cannot be answered.\n", status=400, content_type="text/plain")


def refused(refusal: Refusal) -> HttpResponse:
    """A refusal to somebody who is on none of our pages, such as who tries many tokens."""
    response = HttpResponse(f"{refusal.message}\n", status=refusal.status, content_type="text/plain")
    response["Cache-Control"] = "no-store"
    if "retry_after" in refusal.extra:
        response["Retry-After"] = str(refusal.extra["retry_after"])
    return response
