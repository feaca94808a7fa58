"""How typed words are compared: without case and marks, in either alphabet, and as if another keyboard was meant."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from rapidfuzz.distance import OSA

from visita.clients.letters import TO_LATIN

Meets = Callable[[str, str], bool]
_WORD = re.compile(r"[\w']+")
_LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюё"
_TO_RUSSIAN = str.maketrans(_LATIN_KEYS, _RUSSIAN_KEYS)
_FROM_RUSSIAN = str.maketrans(_RUSSIAN_KEYS, _LATIN_KEYS)
# What the several ways to write Cyrillic in Latin letters come to
_SOUNDS = (("shch", "sh"), ("kh", "h"), ("ck", "k"), ("ts", "c"), ("y", "i"), ("j", "i"), ("w", "v"), ("ph", "f"),
           ("zh", "z"), ("ii", "i"), ("ss", "s"))  # fmt: skip


@lru_cache(maxsize=4096)
def letter(sign: str) -> str:
    """One sign without case and marks; ß gives two, a lone mark none."""
    marked = unicodedata.normalize("NFKD", sign.casefold())
    return "".join(each for each in marked if not unicodedata.combining(each)).casefold()


def fold(text: str) -> str:
    """The whole text so."""
    return text.lower() if text.isascii() else "".join(map(letter, text))


@lru_cache(maxsize=32_768)
def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in their order."""
    return tuple(_WORD.findall(fold(text)))


@lru_cache(maxsize=32_768)
def sound(word: str) -> str:
    """A folded word in Latin letters, near enough to how it is said: "стрижка", "strizhka" and "strijka" meet."""
    latin = word.translate(TO_LATIN).replace("_", "")
    for written, meant in _SOUNDS:
        latin = latin.replace(written, meant)
    return latin


def other_keyboard(text: str) -> str:
    """What the same keys give when the keyboard is switched between Latin and Russian; empty when they give nothing."""
    typed = text.casefold()
    if any("а" <= sign <= "я" or sign == "ё" for sign in typed):
        return typed.translate(_FROM_RUSSIAN)
    meant = typed.translate(_TO_RUSSIAN)
    return meant if meant != typed else ""


def sounds(wanted: str, word: str, meets: Meets) -> bool:
    """Whether a word written in the other alphabet is said like what was typed."""
    said = sound(wanted)
    return len(said) > 1 and word.isascii() is not wanted.isascii() and meets(said, sound(word))


def begins(wanted: str, word: str) -> bool:
    """Whether the word begins with what was typed."""
    return word.startswith(wanted)


def slips(wanted: str, word: str) -> bool:
    """Whether the word begins with what was typed, but for a slip: a letter wrong, missing, too much or changed over."""
    allowed = 0 if len(wanted) < 4 else 1 if len(wanted) < 8 else 2
    if not allowed or len(word) < len(wanted) - allowed:
        return word.startswith(wanted)
    ends = range(len(wanted) - allowed, len(wanted) + allowed + 1)
    return any(OSA.distance(wanted, word[:end], score_cutoff=allowed) <= allowed for end in ends)
