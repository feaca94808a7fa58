"""Answers that need no page: to requests so wrong that none of our screens was asked."""

from django.http import HttpRequest, HttpResponse


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 in one plain sentence (a forged Host header, a form with too many fields)."""
    return HttpResponse("This request cannot be answered.\n", status=400, content_type="text/plain")
