"""Finding clients while somebody types: plain comparisons on search keys, so the index works behind the wall.

LIKE, trigram and full text are not leakproof and would scan (design, section 5).
"""

from typing import Any

from visita.clients import subject_search
from visita.clients.matching import after, query_tokens, whole_query
from visita.clients.models import Client
from visita.foundation import instances, phones, prepared, scope
from visita.foundation.prepared import Question
from visita.tenancy import queries as tenancy

_ONE = """
SELECT DISTINCT client_id FROM (
  SELECT client_id FROM clients_searchkey
  WHERE organization_id = %s AND key >= %s AND key < %s ORDER BY key LIMIT %s) found
"""
# Every word's range is read once and the sets are cut: asking client by client multiplies the two lengths
_ALL = "SELECT client_id FROM clients_searchkey WHERE organization_id = %s AND key >= %s AND key < %s"
# Each one's own keys, by the client alone: among many tenants a plan for anyone may else take the range of keys once more
_FIRST = """
SELECT f.client_id, (SELECT {tests} FROM (
    SELECT k.key FROM clients_searchkey k WHERE k.client_id = f.client_id OFFSET 0) k)
FROM (SELECT client_id FROM clients_searchkey
  WHERE organization_id = %s AND key >= %s AND key < %s LIMIT {most}) f"""
_MERGED = """
SELECT merged_into_id FROM clients_client
WHERE organization_id = %s AND id = ANY(%s) AND merged_into_id IS NOT NULL"""
_NAMED = """organization_id = %s AND id = ANY(%s) AND archived_at IS NULL
ORDER BY last_name COLLATE "C", first_name COLLATE "C", id LIMIT %s"""
LOOKED_AT = 500  # keys of each of several words, before all of them are
CANDIDATES = 200  # keys looked at before sorting by name: a single letter must not fetch the whole list


def search(text: str, limit: int = 10, *, contacts: bool = True) -> list[Client]:
    """Clients whose name words, phone's last digits or email begin with every typed word, or whose pet, child or vehicle
    is called so; by name.

    A whole phone number is found too, written in any way, and so is a name with its spaces and dots in wrong places.
    Without `contacts`, for who may not see them, digits and addresses find nobody: else a number could be guessed by its tail.
    """
    found = _themselves(text, limit, contacts=contacts)
    return named([*found, *subject_search.called(text, contacts=contacts).values()], limit)


def themselves(text: str, limit: int = 10, *, contacts: bool = True) -> list[Client]:
    """The same by their own names, phones and addresses alone."""
    return named(_themselves(text, limit, contacts=contacts), limit)


def _themselves(text: str, limit: int, *, contacts: bool) -> list[int]:
    tokens = query_tokens(text)
    if not tokens or not (contacts or names_only(text)):
        return []
    found = _clients(tokens, limit)
    if not found and (phone := _whole_phone(text)):
        found = _clients([phone], limit)
    if (not found or " " in text or "." in text) and (name := whole_query(text)):
        found += _clients(
            [name], limit
        )  # also where others fit: a gap or a dot in the wrong place names somebody else
    return found


def _clients(tokens: list[str], limit: int) -> list[int]:
    if len(tokens) > 1 and (some := _some(tokens, min(CANDIDATES, 3 * limit))) is not None:
        return some
    ranges = [(scope.current(), token, after(token)) for token in tokens]
    sql = _ONE if len(ranges) == 1 else f"{' INTERSECT '.join([_ALL] * len(ranges))} LIMIT %s"
    values: list[Any] = [value for each in ranges for value in each]
    with prepared.cursor() as cursor:
        cursor.execute(sql, [*values, CANDIDATES])
        return [row[0] for row in cursor.fetchall()]


def _some(tokens: list[str], enough: int) -> list[int] | None:
    """Those who have all words, out of the first of each word: all of them where one word is rare, `enough` where all are
    frequent; None where that tells nothing. Cutting two frequent beginnings whole reads every fifth key of a network."""
    found: dict[int, None] = {}
    for token in tokens:
        others = [other for other in tokens if other != token]
        tests = " AND ".join(["bool_or(k.key >= %s AND k.key < %s)"] * len(others))
        bounds: list[Any] = [bound for other in others for bound in (other, after(other))]
        with prepared.cursor() as cursor:
            cursor.execute(
                _FIRST.format(tests=tests, most=LOOKED_AT), [*bounds, scope.current(), token, after(token)]
            )
            rows = cursor.fetchall()
        found |= dict.fromkeys(client for client, fits in rows if fits)
        if len(rows) < LOOKED_AT or len(found) >= enough:
            return list(found)[:CANDIDATES]
    return None


def named(ids: list[int], limit: int) -> list[Client]:
    """Who these are, by name; a merged record stands for its survivor."""
    if not ids:
        return []
    merged, living = prepared.together(_survivors(ids), _named(ids, limit))
    survivors = merged()
    return prepared.ask(_named([*ids, *survivors], limit)) if survivors else living()


def _survivors(ids: list[int]) -> Question[list[int]]:
    """Whom those of these that were merged stand for."""
    return Question(_MERGED, [scope.current(), ids], lambda rows: [row[0] for row in rows])


def _named(ids: list[int], limit: int) -> Question[list[Client]]:
    return instances.question(Client, _NAMED, [scope.current(), ids, limit])


def names_only(text: str) -> bool:
    """Whether nothing of a phone or an address is typed."""
    return not any(character.isdigit() or character == "@" for character in text)


def _whole_phone(text: str) -> str:
    if sum(character.isdigit() for character in text) < 6:
        return ""
    return phones.national(text, tenancy.profile().country).lstrip("0")[::-1]
