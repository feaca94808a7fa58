"""Public names of things: booking codes, tokens, public ids. All from the system's random source."""

import hashlib
import secrets

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ = str.maketrans({"I": "1", "L": "1", "O": "0", "-": "", " ": ""})


def code(length: int = 8) -> str:
    """A random Crockford base32 code (40 bits at 8 characters)."""
    return "".join([CROCKFORD[byte % 32] for byte in secrets.token_bytes(length)])  # 256 is a multiple of 32


def shown(value: str) -> str:
    """A booking code as people read it: K7QP-3M2X."""
    return f"{value[:4]}-{value[4:]}"


def read_code(typed: str) -> str:
    """What a person typed, as stored: upper case, no dash, I and L as 1, O as 0."""
    return typed.strip().upper().translate(_READ)


def token(prefix: str) -> str:
    """A secret of 128 bits behind a prefix (the organization's public id), fit for a URL."""
    return f"{prefix}-{secrets.token_urlsafe(16)}"


def token_prefix(value: str) -> str:
    """The public id a token or key begins with; empty when there is none."""
    return value.partition("-")[0]


def digest(value: str) -> str:
    """SHA-256 in hex: what is stored in place of a token."""
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
