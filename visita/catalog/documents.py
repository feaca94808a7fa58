"""Uploaded PDFs of consents: kept once under the SHA-256 of their bytes, so that a proof can name and show them.

A file is written before its row, never inside a transaction; one that no row names does no harm.
"""

import hashlib
import re
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from visita.catalog.errors import not_found
from visita.foundation.errors import Refusal

LARGEST = 10 * 1024 * 1024  # bytes
_HASH = re.compile(r"[0-9a-f]{64}")


def keep(organization_id: int, content: bytes) -> str:
    """Write the file and give its hash. Refuses 413 file_too_large, 415 file_type (not a PDF)."""
    if len(content) > LARGEST:
        raise Refusal("file_too_large", 413, _("This file is larger than 10 MB."), field="file")
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise Refusal("file_type", 415, _("This is not a whole PDF file."), field="file")
    digest = hashlib.sha256(content).hexdigest()
    path = _path(organization_id, digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".part")
        fresh.write_bytes(content)
        fresh.replace(path)
    return digest


def known(organization_id: int, digest: str) -> bool:
    """Whether this organization has such a file."""
    return _HASH.fullmatch(digest) is not None and _path(organization_id, digest).exists()


def read(organization_id: int, digest: str) -> bytes:
    """The bytes of a file; refuses not_found, also where they are no longer what was kept."""
    if not known(organization_id, digest):
        raise not_found()
    content = _path(organization_id, digest).read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise not_found()
    return content


def _path(organization_id: int, digest: str) -> Path:
    return Path(settings.VISITA_DATA) / "files" / str(organization_id) / f"{digest}.pdf"
