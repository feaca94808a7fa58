"""The organization a request is about: by the slug of its address, or by the front of its token."""

from django.http import HttpRequest

from visita.api.auth import caller_of
from visita.api.limits import Kind, limit
from visita.api.origin import address
from visita.api.problems import not_found
from visita.foundation import ids
from visita.foundation.actor import Actor
from visita.tenancy import queries
from visita.tenancy.models import Organization


def by_slug(request: HttpRequest, slug: str, kind: Kind) -> Organization:
    """The active organization of a slug (a former slug still leads there), after the limit for `kind`."""
    found = queries.by_slug(slug) or queries.by_former_slug(slug) if _plain(slug) else None
    if found is None:
        raise not_found()
    limited(request, kind, found)
    return found


def by_token(request: HttpRequest, token: str) -> Organization | None:
    """The active organization a manage token begins with, after the limit for tries."""
    found = queries.by_public_id(ids.token_prefix(token)) if _plain(token) else None
    if found is not None:
        limited(request, "manage", found)
    return found


def limited(request: HttpRequest, kind: Kind, organization: Organization) -> None:
    """Counts the request, but not for a program with a good key of this organization."""
    caller = caller_of(request) if "Authorization" in request.headers else None
    if caller is None or caller.organization_id != organization.pk:
        limit(request, kind, organization.pk)


def client_actor(request: HttpRequest) -> Actor:
    """The actor of a request without a key: the client, by the API's door."""
    return Actor("client", None, "client", ip=address(request) or None, source="api")


def _plain(text: str) -> bool:
    """Whether text may be asked for at all: no control, no lone surrogate."""
    return text.isascii() and text.isprintable() and len(text) <= 200
