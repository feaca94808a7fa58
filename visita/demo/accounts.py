"""The demo's sign-ins and its programs' keys."""

from dataclasses import dataclass
from functools import lru_cache

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import decrypt
from django.contrib.auth.hashers import make_password

from visita.demo.plan import Business, Staff
from visita.foundation.actor import SYSTEM
from visita.foundation.scope import scope
from visita.identity import access
from visita.identity.actions import add_member, create_key, create_user
from visita.identity.models import Membership, User
from visita.scheduling.models import Resource
from visita.tenancy.models import Organization

PASSWORD = "demo-visita-2026"  # noqa: S105 - the demo's, printed at every start


@dataclass(frozen=True, slots=True)
class SignIn:
    """One way in; `totp_secret` (base32) where it has a second factor."""

    email: str
    role: str
    organization: str
    totp_secret: str | None = None
    password: str = PASSWORD


def sign_ins(business: Business, organization: Organization) -> list[SignIn]:
    """The business's people, made where missing."""
    known = {
        membership.user.email: membership.user
        for membership in Membership.objects.filter(organization=organization).select_related("user")
    }
    return [_sign_in(business, organization, staff, known) for staff in business.staff]


def _sign_in(business: Business, organization: Organization, staff: Staff, known: dict[str, User]) -> SignIn:
    email = f"{staff.login}@{business.domain}"
    user = known.get(email) or _user(business, organization, staff, email)
    secret = _secret(user) if staff.second_factor else None
    return SignIn(email, staff.role, business.slug, secret)


def _user(business: Business, organization: Organization, staff: Staff, email: str) -> User:
    user = User.objects.filter(email=email).first() or create_user(
        email=email, name=staff.name, hashed=_hashed(), language=business.language
    )
    with scope(organization.pk):
        rows = (
            Resource.objects.filter(external_id=staff.calendar) if staff.calendar else Resource.objects.none()
        )
        resource = rows.values_list("pk", flat=True).first()
    add_member(organization.pk, user.pk, staff.role, resource_id=resource, actor=SYSTEM)
    return user


@lru_cache(maxsize=1)
def _hashed() -> str:
    """One hash for all of them: made strong, a hash costs a quarter of a second, and their password is printed anyway."""
    return make_password(PASSWORD)


def _secret(user: User) -> str:
    """The second factor's secret, set up where missing."""
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if found is not None:
        return str(decrypt(found.data["secret"]))
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def key(organization: Organization, known: str) -> str:
    """The staff key written down at an earlier start if it still opens, else a new one."""
    owner = access.key_owner(known) if known else None
    if owner is not None and owner[0] == organization.pk:
        return known
    return create_key(organization.pk, "Demo", role="administrator", actor=SYSTEM)[1]
