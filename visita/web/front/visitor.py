"""Whoever uses the client's pages, as the record of changes names them."""

from django.http import HttpRequest

from visita.foundation.actor import Actor
from visita.identity.origin import address
from visita.web.front.embed.frame import read_frame


def visitor(request: HttpRequest, label: str = "") -> Actor:
    """A client at the web's door, or at a widget's or link's; `label` is the name typed, if any."""
    at = request.resolver_match
    frame = read_frame(request.GET, (), embedded=at is not None and at.namespace == "embed")
    return Actor("client", None, label[:200], ip=address(request) or None, source=frame.source)
