"""Signed in as somebody of a bench organization, without the form."""

from django.conf import settings
from django.test import Client as Visitor

from bench.dataset import ACTOR
from visita.identity import actions as identity
from visita.identity.models import User


def cookie(organization: int, role: str = "owner") -> str:
    """The session cookie, as a browser sends it, of a member made where there is none."""
    email = f"bench-{role}-{organization}@example.org"
    user = User.objects.filter(email=email).first()
    if user is None:
        user = identity.create_user(email=email, password="a long Passw0rd 1", name="Bench")  # noqa: S106  # no secret
        identity.add_member(organization, user.pk, role, actor=ACTOR)
    visitor = Visitor()
    visitor.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={visitor.cookies[settings.SESSION_COOKIE_NAME].value}"
