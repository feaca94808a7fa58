"""Uploads that lie, burst or reach out are refused by what they are; what is kept is written anew."""

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from visita.foundation import pictures
from visita.foundation.errors import Refusal


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.VISITA_DATA = tmp_path
    return tmp_path


def drawn(width: int = 400, height: int = 400, kind: str = "PNG", mode: str = "RGB", **more: Any) -> bytes:
    """A picture as a browser would send it."""
    file = BytesIO()
    Image.new(mode, (width, height), "#804020").save(file, kind, **more)
    return file.getvalue()


def refused(content: bytes, shape: pictures.Shape = pictures.SQUARE) -> str:
    with pytest.raises(Refusal) as found:
        pictures.keep(1, content, shape, field="logo")
    return found.value.code


def test_a_picture_is_written_anew_without_what_rode_along(folder: Path) -> None:
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "SECRET PLACE", 6  # a description, and "turned by a quarter"
    content = drawn(400, 390, "JPEG", exif=exif) + b"<script>alert(1)</script>"
    digest = pictures.keep(1, content, pictures.SQUARE, field="photo")
    kept = (folder / "files" / "1" / f"{digest}.webp").read_bytes()
    assert b"SECRET" not in kept and b"script" not in kept and kept[8:12] == b"WEBP"
    assert Image.open(BytesIO(kept)).size == (390, 390)
    assert pictures.known(1, digest) and not pictures.known(2, digest)
    assert pictures.keep(1, content, pictures.SQUARE, field="photo") == digest


def bomb(side: int) -> bytes:
    """A PNG of some bytes that says it is `side` pixels wide and high."""
    head = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = (
        struct.pack(">I", 13)
        + head
        + struct.pack(">I", zlib.crc32(head))
        + b"\x00\x00\x00\x08IDAT"
        + bytes(12)
    )
    return drawn(kind="PNG")[:8] + body


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_large_ones_become_smaller(kind: str) -> None:
    digest = pictures.keep(1, drawn(2600, 1300, kind), pictures.BACKGROUND, field="background")
    assert Image.open(BytesIO(pictures.path_of(1, digest).read_bytes())).size == (2000, 1000)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "file_type"),
        (b"<html><script>", "file_type"),
        (b"GIF89a" + b"\x00" * 50, "file_type"),
        (drawn(kind="GIF"), "file_type"),
        (drawn(kind="BMP"), "file_type"),
        (drawn()[:200], "file_type"),
        (b"%PDF-1.7 %%EOF", "file_type"),
        (drawn(299, 299), "image_too_small"),
        (drawn(400, 300), "image_not_square"),
        (drawn(7000, 7000, mode="L"), "image_too_large"),
        (bomb(20_000), "image_too_large"),
        (b"\x89PNG" + b"x" * (10 * 1024 * 1024), "file_too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_fit_picture_is_refused_by_name(content: bytes, code: str) -> None:
    assert refused(content) == code


def test_a_background_is_wide() -> None:
    assert refused(drawn(999, 400), pictures.BACKGROUND) == "image_too_small"


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "A" * 64, "0" * 63, "\x00" * 64])
def test_no_name_leads_out_of_the_folder(digest: str) -> None:
    assert not pictures.known(1, digest)
