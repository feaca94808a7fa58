"""Pure rules of tenancy."""

import re

from visita.tenancy.errors import slug_invalid

RESERVED_SLUGS = frozenset(
    [
        "api",
        "desk",
        "office",
        "me",
        "embed",
        "tags",
        "accounts",
        "static",
        "media",
        "events",
        "healthz",
        "readyz",
        "metrics",
        "sw.js",
        "robots.txt",
        "favicon.ico",
        ".well-known",
        "demo",
        "admin",
        "help",
    ]
)
_SLUG = re.compile(r"[a-z0-9-]{3,40}")


def slug(value: str) -> str:
    """A name fit for the address (decision 4); refuses slug_invalid."""
    if not _SLUG.fullmatch(value) or value in RESERVED_SLUGS:
        raise slug_invalid()
    return value
