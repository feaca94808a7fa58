"""Links whose secret part is reckoned from the code instead of being kept, so that any message can carry them again."""

import hmac

from django.conf import settings
from django.utils.crypto import salted_hmac

from visita.foundation import ids, scope

_LETTERS = 26  # hex letters: 104 bits


def secret(kind: str, code: str) -> str:
    """The secret part of the link to what bears this code in the running scope."""
    return _reckoned(kind, code, settings.SECRET_KEY)


def real(kind: str, code: str, given: str) -> str:
    """The code as it is stored, where the secret is its own by this key or a former one; else empty."""
    code = ids.read_code(code)[:8]
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    typed = given.encode("utf-8", "replace")
    same = any(hmac.compare_digest(_reckoned(kind, code, key).encode(), typed) for key in keys)
    return code if same else ""


def _reckoned(kind: str, code: str, key: str | bytes) -> str:
    digest = salted_hmac(f"visita.{kind}", f"{scope.current()}|{code}", secret=key, algorithm="sha256")
    return str(digest.hexdigest())[:_LETTERS]
