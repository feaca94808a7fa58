"""Clients whose name differs from what was typed by one letter: asked only when nobody's begins so.

Every way in which one slip of the hand may have come about is looked up in the index as a beginning of its own, some
hundreds of short walks in one statement. A measure of likeness would need an extension, which the embedded server does not
carry, and is not leakproof, so that it would read every key behind the wall.
"""

from itertools import chain
from string import ascii_lowercase
from typing import Any, Final

from visita.clients import search
from visita.clients.matching import after, query_tokens
from visita.clients.models import Client
from visita.foundation import prepared, scope

SHORTEST: Final = 4  # letters; of three, one wrong leaves nearly everybody
LONGEST: Final = 24
EACH: Final = 25  # clients of one spelling
_NEAR = """SELECT k.client_id FROM unnest(%s::text[], %s::text[]) AS near(low, high), LATERAL (
  SELECT client_id FROM clients_searchkey WHERE organization_id = %s AND key >= near.low COLLATE "C" AND key < near.high COLLATE "C"
  LIMIT {each}) k"""
_EXACT = "SELECT client_id FROM clients_searchkey WHERE organization_id = %s AND key >= %s AND key < %s"
_WITHOUT_LIMIT: Final = 100_000


def similar(text: str, limit: int = 10, *, contacts: bool = True) -> list[Client]:
    """Clients of whose name each typed word is a beginning but for one letter: another, one too many, one left out, or two
    that changed places. Digits and addresses are never guessed: they fit or they do not. By name.

    Letters that have no Latin ones of their own are only left out or changed about, not replaced.
    """
    tokens = query_tokens(text)
    if not any(map(_guessed, tokens)) or not (contacts or search.names_only(text)):
        return []
    each = EACH if len(tokens) == 1 else _WITHOUT_LIMIT
    parts = [_part(token, each) for token in tokens]
    sql = " INTERSECT ".join(f"({part})" for part, _values in parts) + " LIMIT %s"
    values: list[Any] = list(chain.from_iterable(values for _part, values in parts))
    with prepared.cursor() as cursor:
        cursor.execute(sql, [*values, search.CANDIDATES])
        ids = sorted({row[0] for row in cursor.fetchall()})
    return search.named(ids, limit)


def _part(token: str, each: int) -> tuple[str, list[Any]]:
    if not _guessed(token):
        return _EXACT, [scope.current(), token, after(token)]
    near = sorted(spellings(token))
    return _NEAR.format(each=each), [near, [after(one) for one in near], scope.current()]


def _guessed(token: str) -> bool:
    return SHORTEST <= len(token) <= LONGEST and token.isalpha()


def spellings(token: str) -> set[str]:
    """The token and the beginnings one slip away from it, without those another one already covers."""
    cuts = [(token[:at], token[at:]) for at in range(len(token) + 1)]
    left_out = {head + tail[1:] for head, tail in cuts if tail}
    turned = {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    other = {head + letter + tail[1:] for head, tail in cuts if tail[1:] for letter in ascii_lowercase}
    more = {head + letter + tail for head, tail in cuts if tail[1:] for letter in ascii_lowercase}
    found = {token} | left_out | turned | other | more
    return {one for one in found if not any(one[:end] in found for end in range(SHORTEST - 1, len(one)))}
