"""Sealing bytes that rest in the database: AES-GCM under a key derived from the install's secret key."""

import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE = 12  # bytes, random for each seal


class Unreadable(Exception):
    """The bytes were sealed under another key, for another place, or were changed."""


def seal(plain: bytes, place: bytes) -> bytes:
    """`plain` encrypted and tied to `place` (additional data); 28 bytes longer."""
    nonce = os.urandom(_NONCE)
    return nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, plain, place)


def unseal(sealed: bytes, place: bytes) -> bytes:
    """What was sealed for `place`, under the present secret key or one of SECRET_KEY_FALLBACKS."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _cipher(secret).decrypt(sealed[:_NONCE], sealed[_NONCE:], place)
        except InvalidTag:
            continue
    raise Unreadable


@lru_cache(maxsize=8)
def _cipher(secret: str) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"visita sealed answers").derive(
        secret.encode()
    )
    return AESGCM(derived)
