"""Who is signed in on this request, and the frame around views that only they may see."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from visita.clients import contacts, errors, sessions
from visita.clients.actions.start_session import LONG
from visita.clients.models import Client, ClientSession
from visita.foundation.actor import Actor
from visita.foundation.scope import scope
from visita.web.front.page import acting, reading
from visita.web.front.place import Place
from visita.web.front.views.manage import private
from visita.web.front.visitor import visitor

COOKIE = "visita_me"
MineView = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Account:
    """A living session and the people it opens; inside a scope."""

    place: Place
    session: ClientSession

    @cached_property
    def contact(self) -> contacts.Contact:
        """What was shown to be theirs."""
        return sessions.contact(self.session)

    @cached_property
    def people(self) -> list[Client]:
        """Whoever has the contact now."""
        return contacts.people(self.contact)

    def person(self, client_id: int) -> Client:
        """One of them; refuses not_found for everybody else."""
        found = next((each for each in self.people if each.pk == client_id), None)
        if found is None:
            raise errors.not_found()
        return found

    def actor(self, request: HttpRequest, client: Client | None = None) -> Actor:
        """The client as the record of changes names them."""
        who = client or next(iter(self.people), None)
        return replace(visitor(request, str(who or "")), id=who.pk if who else None)


def current(request: HttpRequest, place: Place) -> Account | None:
    """The account of the request's cookie, if its session lives. Inside a scope."""
    session = sessions.living(request.COOKIES.get(COOKIE, "")[:200])
    return Account(place, session) if session else None


def mine(view: MineView) -> Callable[..., HttpResponse]:
    """A page of an account, GET only; everybody else is led to the sign-in."""

    def run(request: HttpRequest, place: Place, **parts: Any) -> HttpResponse:
        account = current(request, place)
        if account is None:
            return private(redirect(place.outside("me")))
        return private(view(request, account, **parts))

    return reading(run)


def mine_acting(view: MineView) -> Callable[..., HttpResponse]:
    """The target of a form of an account; the view opens its scopes."""

    def run(request: HttpRequest, place: Place, **parts: Any) -> HttpResponse:
        with scope(place.id):
            account = current(request, place)
            if account is not None:
                _ = account.people
        if account is None:
            return private(redirect(place.outside("me")))
        return private(view(request, account, **parts))

    return acting(run)


def remember(response: HttpResponse, place: Place, token: str, *, stay: bool) -> HttpResponse:
    """Set the account's cookie: seen by these pages only, by no script, gone with the browser unless `stay`."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(LONG.total_seconds()) if stay else None,
        path=path(place),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: HttpResponse, place: Place) -> HttpResponse:
    """Take the cookie away."""
    response.delete_cookie(COOKIE, path=path(place), samesite="Lax")
    return response


def path(place: Place) -> str:
    """The addresses the cookie is sent to: this organization's own pages of the client, nothing else."""
    return place.outside("me").partition("?")[0]
