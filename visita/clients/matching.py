"""When two clients are one, and by which tokens a client is found (decisions 5 and 6)."""

import re
import unicodedata

from visita.clients.letters import TO_LATIN
from visita.foundation import phones

_GAPS = re.compile(r"[\s\u00a0]+")
LONGEST = 120  # characters of one token


def fold(value: str) -> str:
    """NFKD, marks dropped, case folded (ß → ss, ё → е): what "the same name" compares."""
    plain = unicodedata.normalize("NFKD", value.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def name_key(first_name: str, last_name: str) -> str:
    """The folded full name with single spaces."""
    return _GAPS.sub(" ", fold(f"{first_name} {last_name}")).strip()


def phone_e164(phone: str, country: str) -> str:
    """The match key of a phone, empty when it cannot be parsed."""
    return phones.e164(phone, country)


def search_keys(first_name: str, last_name: str, phone: str, email: str, country: str) -> list[str]:
    """The tokens a client is found by: words of the name in Latin letters, the phone reversed, the email."""
    keys = set(_name_tokens(f"{first_name} {last_name}"))
    if digits := phones.national(phone, country):
        keys.add(digits[::-1][:LONGEST])
    if email:
        keys.add(fold(email)[:LONGEST])
    return sorted(keys)


def query_tokens(text: str) -> list[str]:
    """What was typed into a search box, as beginnings of tokens (a phone's digits reversed), longest first."""
    tokens = {_typed(word) for word in _phone_joined(text).split()}
    return sorted((token for token in tokens if token), key=lambda token: (-len(token), token))[:6]


def _name_tokens(name: str) -> list[str]:
    tokens = []
    for word in _latin(name).split():
        pieces = [piece for piece in re.split(r"[\W_]+", word) if piece]
        tokens += ["".join(pieces), *pieces[1:]]
    return [token[:LONGEST] for token in tokens if token]


def _latin(value: str) -> str:
    return fold(value).translate(TO_LATIN)


def _typed(word: str) -> str:
    digits = re.sub(r"\D", "", word)
    if digits and not re.search(r"[^\W\d_]", word):
        return digits[::-1]
    latin = _latin(word)
    noise = r"[^\w@.+-]+" if "@" in latin else r"[\W_]+"
    return re.sub(noise, "", latin)[:LONGEST]


def _phone_joined(text: str) -> str:
    """A number typed in groups is one token."""
    return re.sub(r"(?<=\d)[\s()./-]+(?=\d)", "", text)
