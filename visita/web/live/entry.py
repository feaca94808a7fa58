"""Who may listen: the session cookie's user, if a member of the organization. The only part that touches the ORM.

It runs in one thread call that gives its connection back: a stream that kept one would empty the pool (stack, E).
"""

from http.cookies import CookieError, SimpleCookie
from importlib import import_module

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.db import connections
from django.http import HttpRequest

from visita.identity import access, rights
from visita.identity.models import User
from visita.tenancy import queries


def session_key(headers: list[tuple[bytes, bytes]]) -> str:
    """The session's key out of the request's cookies; empty without one."""
    cookie = SimpleCookie()
    for name, value in headers:
        if name == b"cookie":
            try:
                cookie.load(value.decode("latin-1"))
            except CookieError:
                return ""
    found = cookie.get(settings.SESSION_COOKIE_NAME)
    return found.value if found else ""


@sync_to_async
def organization_for(slug: str, session: str) -> int | None:
    """The id of the organization if the session's user may see visits there, else None."""
    try:
        return _organization(slug, session)
    finally:
        connections.close_all()


def _organization(slug: str, session: str) -> int | None:
    user = _user(session)
    organization = queries.by_slug(slug)
    if user is None or organization is None:
        return None
    membership = access.member(user, organization)
    if membership is None:
        return None
    sees = rights.may(membership.role, rights.VISITS_SEE) or rights.may(
        membership.role, rights.VISITS_SEE_OWN
    )
    return organization.pk if sees else None


def _user(session: str) -> User | None:
    """As Django's own middleware finds it, including the check that the password has not changed since."""
    if not session.isalnum():  # ours are; quoted cookies may carry a NUL, which the database refuses loudly
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session)
    user = get_user(request)
    return user if isinstance(user, User) else None
