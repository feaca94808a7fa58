"""The organization a request is about: by the slug of its address, or by the front of its token."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest

from visita.api.auth import Caller, caller_of
from visita.api.limits import count_try, find_within, forgiven
from visita.api.problems import not_found
from visita.foundation import ids
from visita.foundation.actor import NAMELESS, Actor
from visita.foundation.errors import Refusal
from visita.identity import rights
from visita.identity.doors import Kind
from visita.identity.origin import address
from visita.tenancy import queries
from visita.tenancy.models import Organization


def by_slug(request: HttpRequest, slug: str, kind: Kind) -> Organization:
    """The active organization of a slug (a former slug still leads there), within the limit for `kind`.

    A program with a good key of the organization is not counted.
    """
    found = _by_slug(request, slug, kind) if _plain(slug) else None
    if found is None:
        raise not_found()
    return found


@contextmanager
def counted(request: HttpRequest, found: Organization) -> Iterator[None]:
    """Around a booking found `by_slug`: where it is refused, its count is taken back."""
    try:
        yield
    except Refusal:
        take_back(request, found)
        raise


def take_back(request: HttpRequest, found: Organization) -> None:
    """What came to nothing new does not use the limit of bookings up."""
    if _key_of(request) != found.pk:
        forgiven(request, found.slug, "book")


def by_token(request: HttpRequest, token: str) -> Organization | None:
    """The active organization a manage token begins with, within the limit for tries."""
    found = queries.by_public_id(ids.token_prefix(token)) if _plain(token) else None
    if found is not None and _key_of(request) != found.pk:
        count_try(request, found)
    return found


def _by_slug(request: HttpRequest, slug: str, kind: Kind) -> Organization | None:
    known = _key_of(request)
    if known is not None:
        found = queries.by_slug(slug) or queries.by_former_slug(slug)
        if found is None or found.pk == known:
            return found
    former = None if (found := find_within(request, slug, kind)) else queries.by_former_slug(slug)
    return find_within(request, former.slug, kind) if former else found


def _key_of(request: HttpRequest) -> int | None:
    """The organization of the request's key, if it carries a good one."""
    caller = caller_of(request) if "Authorization" in request.headers else None
    return None if caller is None else caller.organization_id


def own_program(request: HttpRequest, found: Organization) -> Caller | None:
    """The organization's own program, one that may book for anybody, if it is who asks."""
    caller = caller_of(request) if "Authorization" in request.headers else None
    own = caller is not None and caller.organization_id == found.pk and caller.may(rights.VISITS_BOOK)
    return caller if own else None


def client_actor(request: HttpRequest, name: str = "") -> Actor:
    """The actor of a request without a key: the client, by the API's door; `name` as typed, if any."""
    return Actor("client", None, name[:200] or NAMELESS, ip=address(request) or None, source="api")


def _plain(text: str) -> bool:
    """Whether text may be asked for at all: no control, no lone surrogate."""
    return text.isascii() and text.isprintable() and len(text) <= 200
