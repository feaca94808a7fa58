"""The link by which a client sees the times kept to choose from: reckoned, so that any message can carry it."""

import hmac

from django.conf import settings
from django.utils.crypto import salted_hmac

from visita.bookings import errors
from visita.bookings.models import Choice
from visita.foundation import ids, scope

_LETTERS = 26  # hex letters: 104 bits


def token(code: str) -> str:
    """The secret part of the link to a choice of the running scope."""
    return _token(code, settings.SECRET_KEY)


def opened(code: str, given: str) -> Choice:
    """The choice a link opens, also one that has ended; refuses link_invalid alike for wrong and unknown ones."""
    code = ids.read_code(code)[:8]
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    real = any(
        hmac.compare_digest(_token(code, key).encode(), given.encode("utf-8", "replace")) for key in keys
    )
    found = Choice.objects.filter(code=code).first() if real else None
    if found is None:
        raise errors.link_invalid()
    return found


def _token(code: str, key: str | bytes) -> str:
    digest = salted_hmac("visita.choice", f"{scope.current()}|{code}", secret=key, algorithm="sha256")
    return str(digest.hexdigest())[:_LETTERS]
