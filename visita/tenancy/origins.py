"""Sites that may show the booking pages in a frame: exact origins, nothing that could mean more than one site."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings as install

from visita.tenancy.errors import origin_invalid
from visita.tenancy.settings import declare

KEY = "embed_origins"
LIMIT = 40  # origins; the header that carries them must stay small
_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_HERE = ("localhost", "127.0.0.1")


def origin(value: str) -> str:
    """`https://site.example` or with a port, in small letters and without its slash; refuses origin_invalid.

    Refused: wildcards, paths, numbers instead of a name, `null`, http. While the install itself is not served by
    https (a laptop, a demo), this machine's own http origins are accepted.
    """
    try:
        return _origin(value.strip(" ").lower())
    except (ValueError, AttributeError):
        raise origin_invalid() from None


def _origin(text: str) -> str:
    parts = urlsplit(text)
    host = (parts.hostname or "").encode("idna").decode()  # UnicodeError is a ValueError
    if not _allowed(parts.scheme, host) or parts.port == 0:
        raise ValueError(text)
    written = f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
    if text.removesuffix("/") != written:
        raise ValueError(text)
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port not in (None, 443) else "")


def _allowed(scheme: str, host: str) -> bool:
    if host in _HERE:
        return scheme in ("http", "https") and not (install.PUBLIC_URL or "").startswith("https://")
    return scheme == "https" and _HOST.fullmatch(host) is not None


def origins(values: Iterable[str]) -> list[str]:
    """Each of them read, doubles dropped, the order kept; refuses origin_invalid."""
    return list(dict.fromkeys(origin(value) for value in values if value.strip()))


def _fits(values: list[str]) -> bool:
    return all(isinstance(value, str) for value in values) and origins(values) == values


declare(KEY, list, [], 0, LIMIT, check=_fits)
