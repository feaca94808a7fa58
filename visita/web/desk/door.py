"""Who may come in: a signed-in member of the organization in the address; everybody else gets 404, 403 or the sign-in.

A view behind the door gets a `Guest` and runs inside a scope only where it says so.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal
from visita.identity import access, rights
from visita.identity.models import User
from visita.identity.origin import address
from visita.tenancy import queries
from visita.tenancy.models import Organization
from visita.web.desk.answers import problem

_P = ParamSpec("_P")
_log = logging.getLogger(__name__)
LAST_USED = "organization"  # session key: the slug of the last organization worked in


@dataclass(frozen=True, slots=True)
class Guest:
    """The person at the desk of one organization."""

    organization: Organization
    user: User
    role: str
    actor: Actor
    resource_id: int | None

    def may(self, right: str) -> bool:
        """Whether the role grants the right."""
        return rights.may(self.role, right)

    def require(self, right: str) -> None:
        """Raises the refusal 403 where the role does not grant the right."""
        if not self.may(right):
            raise Refusal("forbidden", 403, _("Your role does not allow this. Nothing was changed."))

    @property
    def language(self) -> str:
        """The language texts are wanted in."""
        return self.user.language


def guest(request: HttpRequest, slug: str) -> Guest:
    """The signed-in member of the organization; Http404 where it is unknown, PermissionDenied for strangers."""
    organization = queries.by_slug(slug)
    if organization is None:
        raise Http404
    user = request.user
    assert isinstance(user, User)
    membership = access.member(user, organization)
    if membership is None:
        raise PermissionDenied
    actor = access.staff(user, ip=address(request) or None)
    return Guest(organization, user, membership.role, actor, membership.resource_id)


Page = Callable[Concatenate[HttpRequest, Guest, _P], HttpResponseBase]


def page(view: Page[_P]) -> Callable[..., HttpResponseBase]:
    """A page for people: strangers are sent to the sign-in, refusals 404 and 403 become their pages."""

    @wraps(view)
    def entered(request: HttpRequest, organization: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        welcome = guest(request, organization)
        request.session[LAST_USED] = organization
        try:
            with translation.override(welcome.user.language):
                response = view(request, welcome, *args, **kwargs)
        except Refusal as refusal:
            return _refused(refusal)
        except OperationalError as failure:
            if request.method != "GET" or not _too_long(failure):
                raise
            with translation.override(welcome.user.language):
                response = render(request, "desk/too_long.html", status=503)
        response.headers.setdefault(
            "Cache-Control", "no-store"
        )  # people's data: nothing left after signing out
        return response

    return entered


def _too_long(failure: OperationalError) -> bool:
    """Whether the database ended a question that took longer than its patience (57014)."""
    if getattr(failure.__cause__, "sqlstate", None) != "57014":
        return False
    _log.warning("A question at the desk was ended: %s", failure)
    return True


def _refused(refusal: Refusal) -> HttpResponse:
    if refusal.status == 403:
        raise PermissionDenied
    raise Http404(str(refusal.message))


def data(view: Page[_P]) -> Callable[..., HttpResponseBase]:
    """An answer for the page's script: every refusal becomes problem+json with its code."""

    @wraps(view)
    def entered(request: HttpRequest, organization: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return problem(
                Refusal("signed_out", 401, _("You are signed out. Sign in again; nothing was changed."))
            )
        with translation.override(request.user.language):  # what is refused is told in it, too
            try:
                return view(request, guest(request, organization), *args, **kwargs)
            except Refusal as refusal:
                return problem(refusal)
            except OperationalError as failure:
                if request.method != "GET" or not _too_long(failure):
                    raise
                return problem(Refusal("too_long", 503, _("This took too long. Nothing was changed.")))
            except Http404:
                return problem(Refusal("not_found", 404, _("There is nothing here.")))
            except PermissionDenied:
                return problem(Refusal("forbidden", 403, _("You are not a member of this organization.")))

    return entered
