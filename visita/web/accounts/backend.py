"""Who is signed in: allauth's backend; the user of a session is read by a prepared statement, before every page."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from visita.foundation import instances
from visita.identity.models import User


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Nothing but the reading differs."""

    def get_user(self, user_id: Any) -> User | None:
        """The user who may still sign in, else None."""
        user = instances.one(User, "id = %s", [int(user_id)])
        return user if user is not None and self.user_can_authenticate(user) else None
