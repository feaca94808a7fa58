"""Who asks: a program with a key of its organization, or anyone where an operation says so."""

from dataclasses import dataclass

from django.http import HttpRequest
from ninja.security import HttpBearer

from visita.api import problems
from visita.foundation.actor import Actor
from visita.identity import access, rights
from visita.identity.origin import address


@dataclass(frozen=True, slots=True)
class Caller:
    """A key that was found good: its organization, its role, and the actor its deeds are written under."""

    organization_id: int
    role: str
    actor: Actor

    def may(self, right: str) -> bool:
        """Whether the key's role has the right."""
        return rights.may(self.role, right)


class StaffKey(HttpBearer):
    """The rule of every operation that does not say otherwise: `Authorization: Bearer <key>`, and a right.

    Asked before anything of the request is read. Without a right named nobody is let in, so that an operation
    somebody forgot to think about stays closed.
    """

    def __init__(self, right: str | None = None) -> None:
        super().__init__()
        self.right = right

    def __call__(self, request: HttpRequest) -> Caller:
        """The caller; 401 for no key, an unknown, revoked or malformed one without a difference, 403 for the right."""
        caller = caller_of(request)
        if caller is None:
            raise problems.unauthorized()
        if self.right is None or not caller.may(self.right):
            raise problems.forbidden()
        return caller

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """The caller of a key, or None."""
        owner = access.key_owner(token)
        if owner is None:
            return None
        organization_id, key = owner
        return Caller(organization_id, key.role, access.program(key, ip=address(request) or None))


class Anyone:
    """Marks an operation as open to callers without a key (deny by default: this must be written out)."""

    def __call__(self, _request: HttpRequest) -> bool:
        """Lets everybody in."""
        return True


staff_key = StaffKey()
anyone = Anyone()


def caller_of(request: HttpRequest) -> Caller | None:
    """The caller behind the request's key, if it carries a good one."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not 8 <= len(token) <= 200 or not _plain(token):
        return None
    return staff_key.authenticate(request, token.strip())


def _plain(token: str) -> bool:
    return token.isascii() and token.isprintable()


def caller(request: HttpRequest) -> Caller:
    """The caller that the rule of the operation let in."""
    found: Caller = request.auth  # type: ignore[attr-defined]
    return found
