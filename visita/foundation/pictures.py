"""Uploaded pictures: read by what they are, not by their names, and written anew, so that nothing else rides along.

A kept picture is a WebP file under the SHA-256 of its bytes, in the organization's own folder; a file is written before
its row, never inside a transaction, and one that no row names does no harm.
"""

import hashlib
import re
import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from visita.foundation.errors import Refusal

LARGEST = 10 * 1024 * 1024  # bytes
_PIXELS = 40_000_000
_FORMATS = ("JPEG", "PNG", "WEBP")
_HASH = re.compile(r"[0-9a-f]{64}")
_UNEVEN = 0.05  # a square may be this much longer on one side; the rest is cut off


@dataclass(frozen=True, slots=True)
class Shape:
    """What a picture must be at least, in pixels, and the most it is kept at; `square` ones are refused otherwise."""

    width: int
    height: int
    most: tuple[int, int]
    square: bool = False


SQUARE = Shape(300, 300, (600, 600), square=True)
BACKGROUND = Shape(1000, 400, (2000, 1200))


def keep(organization_id: int, content: bytes, shape: Shape, *, field: str) -> str:
    """Write the picture and give its hash. Refuses 413 file_too_large, 415 file_type, 422 image_too_large/_small."""
    if len(content) > LARGEST:
        raise Refusal("file_too_large", 413, _("This file is larger than 10 MB."), field=field)
    made = rewritten(content, shape, field=field)
    digest = hashlib.sha256(made).hexdigest()
    path = path_of(organization_id, digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".part")
        fresh.write_bytes(made)
        fresh.replace(path)
    return digest


def rewritten(content: bytes, shape: Shape, *, field: str) -> bytes:
    """The picture alone as WebP: turned as it was taken, without place, device or anything else beside it."""
    made = BytesIO()
    _read(content, shape, field).save(made, "WEBP", quality=84, method=4)
    return made.getvalue()


def known(organization_id: int, digest: str) -> bool:
    """Whether this organization has such a picture."""
    return _HASH.fullmatch(digest) is not None and path_of(organization_id, digest).exists()


def is_hash(value: str) -> bool:
    """Whether a setting's value names a picture, or none."""
    return value == "" or _HASH.fullmatch(value) is not None


def path_of(organization_id: int, digest: str) -> Path:
    """Where it stands."""
    return Path(settings.VISITA_DATA) / "files" / str(organization_id) / f"{digest}.webp"


def _read(content: bytes, shape: Shape, field: str) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            found = Image.open(BytesIO(content), formats=_FORMATS)
            _fits(found, shape, field)
            turned = ImageOps.exif_transpose(found)
            plain = turned.convert(
                "RGBA" if "A" in turned.getbands() or "transparency" in turned.info else "RGB"
            )
    except Refusal:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large(field) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning):
        raise Refusal(
            "file_type", 415, _("This is not a picture we can read: JPEG, PNG or WebP."), field=field
        ) from None
    if shape.square:
        return ImageOps.fit(plain, (min(min(plain.size), shape.most[0]),) * 2)
    plain.thumbnail(shape.most)
    return plain


def _fits(found: Image.Image, shape: Shape, field: str) -> None:
    width, height = found.size
    if width * height > _PIXELS:
        raise _too_large(field)
    if width < shape.width or height < shape.height:
        least = {"width": shape.width, "height": shape.height}
        text = _("This picture is too small: at least %(width)d × %(height)d pixels.") % least
        raise Refusal("image_too_small", 422, text, field=field)
    if shape.square and abs(width - height) > _UNEVEN * max(width, height):
        raise Refusal("image_not_square", 422, _("This picture must be square."), field=field)


def _too_large(field: str) -> Refusal:
    return Refusal("image_too_large", 422, _("This picture has more than 40 million pixels."), field=field)
