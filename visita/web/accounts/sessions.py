"""Where sign-ins are kept: Django's table, asked only with keys it can hold."""

from django.contrib.sessions.backends.db import SessionStore as Base


class SessionStore(Base):
    """A forged cookie with characters no key has (a NUL would be an error in the database) is no session."""

    def _validate_session_key(self, key: str | None) -> bool:
        return key is not None and key.isascii() and key.isalnum() and 8 <= len(key) <= 40
