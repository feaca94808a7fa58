"""Finding whom or what visits are about (a pet, a child, a vehicle) by name or number plate, and through them their people.

Like the clients' own keys these are beginnings in an index. They stand in a table of their own, so that a booking without a
subject writes none of them, and lead to the client through the subject, which a merge moves.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from visita.clients.matching import LONGEST, after, fold, latin
from visita.clients.models import Subject
from visita.foundation import prepared, scope

MOST_PIECES: Final = 8  # of one name; each is a place where typing may begin
FOUND: Final = 200
_NUMBER = re.compile(r"\d{5}")  # of a document or a chip: plates have fewer digits in a row
_PIECE = re.compile(r"\d+|[^\W\d_]+")
# Cyrillic letters that look like Latin ones: a plate is typed by its looks, whatever the keyboard
_LOOKS = str.maketrans("авекмнорстухі", "abekmhopctyxi")
_RANGE = "SELECT subject_id FROM clients_subjectkey WHERE organization_id = %s AND key >= %s AND key < %s"
_INSERT = (
    "INSERT INTO clients_subjectkey (organization_id, subject_id, key) SELECT %s, %s, unnest(%s::text[])"
)
_DELETE = "DELETE FROM clients_subjectkey WHERE organization_id = %s AND subject_id = %s"
_OWNED = """SELECT id, client_id, name FROM clients_subject
WHERE organization_id = %s AND id = ANY(ARRAY({which} LIMIT {most})) ORDER BY id"""


def subject_keys(name: str, facts: Mapping[str, Any]) -> list[str]:
    """What a subject is found by: its name, and its facts that look like a plate, from each word on in one piece.

    "Fiesta LD14 EHJ" gives fiestald14ehj, ld14ehj, 14ehj and ehj: so a plate is found however its parts are set off.
    """
    plates = (str(fact) for fact in facts.values() if _mixed(str(fact)))
    keys = {
        way
        for text in (name, *plates)
        for pieces in _readings(text)
        for way in _from_each(pieces[:MOST_PIECES])
    }
    return sorted(keys)


def _from_each(pieces: list[str]) -> list[str]:
    return ["".join(pieces[at:])[:LONGEST] for at in range(len(pieces))]


def _readings(text: str) -> list[list[str]]:
    """The words and numbers of a text in Latin letters; with digits also by the looks of its letters."""
    ways = (
        [latin(text), latin(fold(text).translate(_LOOKS))] if any(map(str.isdecimal, text)) else [latin(text)]
    )
    return [pieces for pieces in map(_PIECE.findall, dict.fromkeys(ways)) if pieces]


def _mixed(text: str) -> bool:
    return any(map(str.isdecimal, text)) and any(map(str.isalpha, text))


def write_subject_keys(subject: Subject, *, new: bool = False) -> None:
    """The keys of a subject as it is called now."""
    with prepared.cursor() as cursor:
        if not new:
            cursor.execute(_DELETE, [scope.current(), subject.pk])
        cursor.execute(_INSERT, [scope.current(), subject.pk, subject_keys(subject.name, subject.details)])


def called(text: str, *, contacts: bool = True) -> dict[int, int]:
    """Subjects of whose name every typed word is a beginning of a word, or whose plate begins so: {subject: client}.

    Without `contacts`, for who may not see phones, a plate still finds its people, the number of a chip or a passport
    nobody: neither digits alone nor a long run of them.
    """
    return {subject: client for subject, client, _name in _found(text, contacts)}


def names(text: str, *, contacts: bool = True) -> dict[int, str]:
    """The same by {client: what it is called}, to say why a client is found; one for each client."""
    return {client: name for _subject, client, name in _found(text, contacts)}


def _may_ask(text: str, contacts: bool) -> bool:
    typed = "".join(_PIECE.findall(text))
    return contacts or (any(map(str.isalpha, typed)) and not _NUMBER.search(typed))


def _found(text: str, contacts: bool) -> list[tuple[int, int, str]]:
    which, values = _which(text) if _may_ask(text, contacts) else ("", [])
    if not which:
        return []
    with prepared.cursor() as cursor:
        cursor.execute(_OWNED.format(which=which, most=FOUND), [scope.current(), *values])
        return [(subject, client, name) for subject, client, name in cursor.fetchall()]


def _which(text: str) -> tuple[str, list[Any]]:
    """The statement that finds them, empty where nothing was typed, and its values."""
    words = ["".join(_PIECE.findall(latin(word)))[:LONGEST] for word in text.split()[:MOST_PIECES]]
    words = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    whole = {"".join(pieces)[:LONGEST] for pieces in _readings(text)} - set(words[:1])
    parts = [*([" INTERSECT ".join([_RANGE] * len(words))] if words else []), *[_RANGE] * len(whole)]
    values = [part for word in (*words, *sorted(whole)) for part in (scope.current(), word, after(word))]
    return " UNION ".join(f"({part})" for part in parts), values
