"""Where sign-ins are kept: Django's table, asked only with keys it can hold, by a prepared statement."""

from django.contrib.sessions.backends.db import SessionStore as Base
from django.contrib.sessions.models import Session
from django.utils import timezone

from visita.foundation import instances


class SessionStore(Base):
    """A forged cookie with characters no key has (a NUL would be an error in the database) is no session."""

    def _validate_session_key(self, key: str | None) -> bool:
        return key is not None and key.isascii() and key.isalnum() and 8 <= len(key) <= 40

    def _get_session_from_db(self) -> Session | None:
        """The living session of the key; as in the base, an unknown key is given up."""
        wanted = [self.session_key, timezone.now()]
        found = instances.one(Session, "session_key = %s AND expire_date > %s", wanted)
        if found is None:
            self._session_key = None
        return found
