"""Files about clients as bytes: read by what they are, not by what they are called, and kept under their SHA-256.

Pictures are written anew without what cameras add (place, device); a PDF stays as it is and is only ever handed out to be
saved. They stand in a folder of their own, which no public page reads. A file is written before its row, never inside a
transaction; one that no row names does no harm.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from visita.clients.errors import not_found
from visita.foundation import pictures
from visita.foundation.errors import Refusal
from visita.foundation.pictures import Shape

LARGEST = 10 * 1024 * 1024  # bytes
MOST = 200  # of one client
TYPES = {"pdf": "application/pdf", "webp": "image/webp"}
_PHOTO = Shape(1, 1, (3000, 3000))


@dataclass(frozen=True, slots=True)
class Kept:
    """What was written: its kind, its bytes' hash and number."""

    kind: str
    digest: str
    size: int


def keep(organization_id: int, content: bytes) -> Kept:
    """Write the file. Refuses 413 file_too_large, 415 file_type, 422 image_too_large and required for an empty one."""
    if not content:
        raise Refusal("required", 422, _("Choose a file."), field="file")
    if len(content) > LARGEST:
        raise Refusal("file_too_large", 413, _("This file is larger than 10 MB."), field="file")
    kind = "pdf" if content.startswith(b"%PDF-") else "webp"
    if kind == "webp":
        content = _picture(content)
    elif b"%%EOF" not in content[-2048:]:
        raise Refusal("file_type", 415, _("This is not a whole PDF file."), field="file")
    digest = hashlib.sha256(content).hexdigest()
    path = _path(organization_id, digest, kind)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".part")
        fresh.write_bytes(content)
        fresh.replace(path)
    return Kept(kind, digest, len(content))


def read(organization_id: int, kind: str, digest: str) -> bytes:
    """The bytes; refuses not_found, also where they are no longer what was kept."""
    path = _path(organization_id, digest, kind)
    content = path.read_bytes() if path.exists() else b""
    if hashlib.sha256(content).hexdigest() != digest:
        raise not_found()
    return content


def drop(organization_id: int, kind: str, digest: str) -> None:
    """Take the bytes away."""
    _path(organization_id, digest, kind).unlink(missing_ok=True)


def _picture(content: bytes) -> bytes:
    try:
        return pictures.rewritten(content, _PHOTO, field="file")
    except Refusal as refusal:
        if refusal.code != "file_type":
            raise
        words = _("This file cannot be kept: choose a PDF or a picture (JPEG, PNG, WebP).")
        raise Refusal("file_type", 415, words, field="file") from None


def _path(organization_id: int, digest: str, kind: str) -> Path:
    return Path(settings.VISITA_DATA) / "files" / str(organization_id) / "clients" / f"{digest}.{kind}"
