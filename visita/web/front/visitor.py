"""Whoever uses the client's pages, as the record of changes names them."""

from django.http import HttpRequest

from visita.foundation.actor import Actor


def visitor(request: HttpRequest, label: str = "") -> Actor:
    """A client at the web's door; `label` is the name typed, if any."""
    return Actor("client", None, label[:200], ip=request.META.get("REMOTE_ADDR"), source="web")
