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


def search_keys(
    first_name: str, last_name: str, phone: str, email: str, country: str, address: str = ""
) -> list[str]:
    """The tokens a client is found by: words of the name in Latin letters, the phone reversed, the email, the address."""
    keys = set(_name_tokens(f"{first_name} {last_name}"))
    if digits := phones.national(phone, country):
        keys.add(digits[::-1][:LONGEST])
    if email:
        keys.add(fold(email)[:LONGEST])
    if place := address_key(address):
        keys.add(place)
    return sorted(keys | set(whole_names(first_name, last_name)))


PLACE = "#"
"""Before a key that holds an address: what a booking compares, and nobody types into a search box."""


def address_key(address: str) -> str:
    """The match key of an address: its letters and digits, folded; empty where it is too short to mean one place."""
    letters = re.sub(r"[\W_]+", "", latin(address))
    return PLACE + letters[:LONGEST] if len(letters) >= 6 and any(map(str.isdecimal, letters)) else ""


WHOLE = "="
"""Before a key that holds a name in one piece, so that no single word finds it by chance."""


def whole_names(first_name: str, last_name: str) -> list[str]:
    """The name written together in the ways people write it: surname first or last, the others in full or as initials.

    «ИвановИ. И.», «Ив анов И. И.» and «Иванов И. И» are one of these once spaces and dots are gone.
    """
    first, last = _words(first_name), "".join(_words(last_name))
    given, initials = "".join(first), "".join(word[0] for word in first)
    if not given:
        return [WHOLE + last[:LONGEST]] if last else []
    if last:
        ways = {last + given, last + initials, given + last, initials + last}
    else:  # everything stands in the first field: its first word may be the surname
        ways = {given, first[0] + initials[1:]}
    return sorted(WHOLE + way[:LONGEST] for way in ways)


def whole_query(text: str) -> str:
    """What was typed as the beginning of a name in one piece; empty where it is no name."""
    letters = "".join(_words(text))
    return WHOLE + letters[:LONGEST] if len(letters) > 2 and not any(map(str.isdecimal, letters)) else ""


def _words(name: str) -> list[str]:
    """The name's words in Latin letters, without dots and dashes."""
    return [piece for piece in re.split(r"[\W_]+", latin(name)) if piece]


def query_tokens(text: str) -> list[str]:
    """What was typed into a search box, as beginnings of tokens (a phone's digits reversed), longest first."""
    tokens = {_typed(word) for word in _phone_joined(text).split()}
    return sorted((token for token in tokens if token), key=lambda token: (-len(token), token))[:6]


def _name_tokens(name: str) -> list[str]:
    tokens = []
    for word in latin(name).split():
        pieces = [piece for piece in re.split(r"[\W_]+", word) if piece]
        tokens += ["".join(pieces), *pieces[1:]]
    return [token[:LONGEST] for token in tokens if token]


def latin(value: str) -> str:
    """Folded, other scripts' letters in Latin ones."""
    return fold(value).translate(TO_LATIN)


def _typed(word: str) -> str:
    digits = re.sub(r"\D", "", word)
    if digits and not re.search(r"[^\W\d_]", word):
        return digits[::-1]
    letters = latin(word)
    noise = r"[^\w@.+-]+" if "@" in letters else r"[\W_]+"
    return re.sub(noise, "", letters)[:LONGEST]


def _phone_joined(text: str) -> str:
    """A number typed in groups is one token."""
    return re.sub(r"(?<=\d)[\s()./-]+(?=\d)", "", text)


def after(prefix: str) -> str:
    """The first string after all that begin with `prefix`, in code point order (collation C)."""
    last = ord(prefix[-1])
    if last == 0x10FFFF:
        return after(prefix[:-1]) if len(prefix) > 1 else "\U0010ffff" * 2
    return prefix[:-1] + chr(0xE000 if last == 0xD7FF else last + 1)
