"""Who stands before the door: the member of an organization, or the owner of a key. Needs no scope."""

from visita.foundation import ids, instances
from visita.foundation.actor import Actor
from visita.foundation.scope import scope
from visita.identity.errors import forbidden
from visita.identity.models import ApiKey, Membership, User
from visita.identity.rights import may
from visita.tenancy import queries
from visita.tenancy.models import Organization

_LIVING = "user_id = %s AND organization_id = %s AND archived_at IS NULL"


def member(user: User, organization: Organization) -> Membership | None:
    """The user's living membership, looked up at every request so that a role taken away is gone at once."""
    if not user.is_active:
        return None
    return instances.one(Membership, _LIVING, [user.pk, organization.pk])


def memberships(user: User) -> list[Membership]:
    """Everywhere the user may enter, by slug, with the organizations."""
    found = Membership.objects.filter(user=user, archived_at=None, organization__status=queries.ACTIVE)
    return list(found.select_related("organization").order_by("organization__slug"))


def key_owner(plaintext: str) -> tuple[int, ApiKey] | None:
    """The organization's id and the key's row, if the key is known and not revoked.

    The key begins with the organization's public id; only inside that scope its hash can be found.
    """
    organization = queries.by_public_id(ids.token_prefix(plaintext))
    if organization is None:
        return None
    with scope(organization.pk):
        key = ApiKey.objects.filter(hash=ids.digest(plaintext), revoked_at=None).first()
    return (organization.pk, key) if key else None


def require(role: str, right: str) -> None:
    """Refuses forbidden where the role lacks the right."""
    if not may(role, right):
        raise forbidden()


def staff(user: User, *, ip: str | None = None, source: str = "desk") -> Actor:
    """The actor of a signed-in member."""
    return Actor("staff", user.pk, str(user), ip=ip, source=source)


def program(key: ApiKey, *, ip: str | None = None) -> Actor:
    """The actor of a key."""
    return Actor("key", key.pk, key.label, ip=ip, source="api")
