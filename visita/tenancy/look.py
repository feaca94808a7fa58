"""How an organization's client pages look beyond their colour: pictures, a font, a style sheet of its own."""

import re
from typing import Final

from django.utils.translation import gettext_lazy as _

from visita.foundation import pictures
from visita.foundation.errors import Refusal
from visita.tenancy.settings import declare

LOGO: Final = "logo"
BACKGROUND: Final = "background"
PHOTO: Final = "photo"
FONT: Final = "font"
STYLE: Final = "front_style"
SHAPES: Final = {LOGO: pictures.SQUARE, BACKGROUND: pictures.BACKGROUND, PHOTO: pictures.SQUARE}

FONTS: Final = {
    "": "",
    "serif": 'Charter, "Bitstream Charter", "Sitka Text", Cambria, "Noto Serif", serif',
    "classic": '"Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", "Noto Serif", serif',
    "rounded": 'ui-rounded, "SF Pro Rounded", "Arial Rounded MT Bold", Quicksand, Nunito, system-ui, sans-serif',
    "humanist": 'Seravek, "Gill Sans Nova", Ubuntu, Calibri, "DejaVu Sans", "Noto Sans", sans-serif',
}
"""Stacks of fonts that devices have; nothing is loaded."""

LONGEST = 20_000  # characters of a style sheet
_OUT = re.compile(
    r"@import|@charset|@namespace|url\s*\(|image-set|src\s*\(|expression|javascript:|behavior|-moz-binding|[\\<]|\x00",
    re.I,
)


def style(text: str) -> str:
    """A style sheet that reaches for nothing: no import, no address of any kind, no escapes. Refuses style_invalid."""
    if not _fits(text):
        words = _("The style sheet may not import, load or escape anything, and its braces must match.")
        raise Refusal("style_invalid", 422, words, field=STYLE)
    return text


def _fits(text: str) -> bool:
    return len(text) <= LONGEST and not _OUT.search(text) and text.count("{") == text.count("}")


for name in SHAPES:
    declare(name, str, "", 0, 64, check=pictures.is_hash)
declare(FONT, str, "", 0, 20, check=lambda value: value in FONTS)
declare(STYLE, str, "", 0, LONGEST, check=_fits)
