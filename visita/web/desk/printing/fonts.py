"""The fonts of a sheet: DejaVu Sans for Europe and the Near East, pieces of Noto for whatever else stands on it.

The pieces come with all their weights in one; a PDF needs one, so each is fixed once and kept in the data folder.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from fpdf import FPDF

FAMILY = "DejaVu"
WEIGHT = 500  # one weight that reads well among plain and bold text
MOST = 60  # pieces in one file; a text made of every sign there is must not keep a sheet for minutes
_KANA, _HANGUL = (0x3040, 0x30FF), (0xAC00, 0xD7FF)


def give(paper: FPDF, texts: str) -> bool:
    """Adds the fonts that `texts` needs and sets the near one; false where some sign is in none of them."""
    paper.add_font(FAMILY, "", settings.PRINT_FONTS / "DejaVuSans.ttf")
    paper.add_font(FAMILY, "B", settings.PRINT_FONTS / "DejaVuSans-Bold.ttf")
    pieces, wanting = chosen(missing(texts))
    for name in pieces:
        paper.add_font(name, "", _fixed(name))
    paper.set_fallback_fonts(pieces, exact_match=False)
    return not wanting


def missing(texts: str) -> set[int]:
    """The signs that the near font lacks."""
    return {ord(sign) for sign in set(texts) if ord(sign) not in _near() and _seen(sign)}


@cache
def _near() -> frozenset[int]:
    with TTFont(settings.PRINT_FONTS / "DejaVuSans.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())


_JOINED = re.compile("([\U0001f000-\U0001faff\u2190-\u2bff])[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]*"
                     "(?:\u200d[\U0001f000-\U0001faff\u2190-\u2bff][\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]*)*")  # fmt: skip
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")


def plain(text: str) -> str:
    """Signs joined from several as the first of them, flags as their country's letters: the sheet's fonts come in pieces, in
    which nothing joins, and the parts of a family printed side by side would be several people."""
    if text.isascii():
        return text
    letters = _FLAG.sub(lambda flag: "".join(chr(ord(one) - 0x1F1E6 + 65) for one in flag[0]), text)
    return _JOINED.sub(r"\1", letters)


def _seen(sign: str) -> bool:
    """Whether a sign is drawn at all: no joiner, selector, break or mark of direction is."""
    return unicodedata.category(sign) not in ("Cc", "Cf", "Zl", "Zp") and not 0xFE00 <= ord(sign) <= 0xFE0F


def chosen(wanted: set[int]) -> tuple[list[str], set[int]]:
    """The pieces that draw these signs, and the signs nobody draws."""
    found: list[str] = []
    for name, signs in _ordered(wanted):
        if wanted and len(found) < MOST and any(_within(sign, signs) for sign in wanted):
            found.append(name)
            wanted = {sign for sign in wanted if not _within(sign, signs)}
    return found, wanted


def _ordered(wanted: set[int]) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Han signs are drawn the Japanese way beside kana, the Korean way beside hangul, else the Chinese way."""
    first = "jp" if _any(wanted, _KANA) else "kr" if _any(wanted, _HANGUL) else "sc"
    yield from sorted(_index().items(), key=lambda each: f"-{first}-" not in each[0])


def _any(signs: set[int], between: tuple[int, int]) -> bool:
    return any(_within(sign, [between]) for sign in signs)


def _within(sign: int, runs: list[tuple[int, int]]) -> bool:
    return any(first <= sign <= last for first, last in runs)


@cache
def _index() -> dict[str, list[tuple[int, int]]]:
    """The pieces and the signs each draws."""
    found: dict[str, list[tuple[int, int]]] = json.loads((settings.PRINT_FONTS / "index.json").read_text())
    return found


def _fixed(name: str) -> Path:
    """A piece in one weight; made where it is not yet."""
    folder: Path = settings.VISITA_DATA / "fonts"
    path = folder / f"{name}-{WEIGHT}.ttf"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        font = TTFont(settings.PRINT_FONTS / f"{name}.woff2")
        font.flavor = None
        with NamedTemporaryFile(dir=folder, delete=False) as file:
            instantiateVariableFont(font, {"wght": WEIGHT}).save(file)
        Path(file.name).replace(path)  # whole or not at all, whoever else makes it now
    return path
