"""What an SMS costs: its text in as few parts as can be, and how many those are (3GPP TS 23.038, 23.040).

A text of the GSM alphabet alone takes 160 letters, or 153 in each of several parts; one letter outside of it (ă, ш, an
emoji) makes it 70, or 67.
"""

import unicodedata
from typing import Final

_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWICE: Final = frozenset("^{}\\[~]|€")  # behind an escape: they count as two
_SPELLED: Final = str.maketrans(
    {
        "–": "-", "—": "-", "−": "-", "‑": "-", "·": "-", "•": "-", "’": "'", "‘": "'", "‚": ",", "„": '"', "“": '"', "”": '"',
        "«": '"', "»": '"', "…": "...", "×": "x", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "œ": "oe", "Œ": "OE",
        "\u00a0": " ", "\u2009": " ", "\u202f": " ",
    }
)  # fmt: skip


def plain(text: str) -> str:
    """The text without what makes it cost more: ș as s, – as -, what the alphabet has (é, ö, à) as it is.

    A text that would not fit the alphabet even so (Cyrillic) comes back untouched: half of it would help nobody.
    """
    found = "".join(_letter(one) for one in unicodedata.normalize("NFC", text).translate(_SPELLED))
    return found if fits(found) else text


def fits(text: str) -> bool:
    """Whether the GSM alphabet has every letter of it."""
    return _BASIC.union(_TWICE).issuperset(text)


def parts(text: str) -> int:
    """How many SMS it is charged as; one at least."""
    if fits(text):
        length, alone, each = len(text) + sum(one in _TWICE for one in text), 160, 153
    else:
        length, alone, each = len(text.encode("utf-16-le")) // 2, 70, 67
    return 1 if length <= alone else -(-length // each)


def _letter(one: str) -> str:
    if one in _BASIC or one in _TWICE:
        return one
    bare = "".join(part for part in unicodedata.normalize("NFKD", one) if not unicodedata.combining(part))
    return bare if fits(bare) and bare else one
