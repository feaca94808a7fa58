"""The client base as a list: searched, filtered, read page by page. Inside a scope.

A page continues after its last name (decision 39). Everything compares plain columns, so that the indexes work behind the
wall with a hundred thousand clients.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection

from visita.clients.errors import not_found
from visita.clients.models import Client, ClientFile, ClientNote, ClientTag, Tag
from visita.clients.search import search
from visita.clients.similar import similar
from visita.foundation import scope

PAGE: Final = 50
FOUND: Final = 100  # of a search; who needs more types more
COUNTED: Final = 10_000  # clients counted before "more than"
TAGGED: Final = 1_000  # the same for those of one tag
GATHERED: Final = (
    3_000  # clients of a rarer tag are looked up and put in order; of a more frequent one met by name
)
WALKED: Final = (
    20_000  # names looked through for a page of a frequent tag, before its clients are gathered after all
)
_AFTER = """c.organization_id = %(o)s AND c.archived_at IS NULL
  AND (c.last_name, c.first_name, c.id) > (%(last)s, %(first)s, %(id)s)"""
_BY_NAME = "ORDER BY c.last_name, c.first_name, c.id LIMIT {most}"
_ROWS = f"""
SELECT c.id FROM clients_client c
WHERE {_AFTER} {{which}}
{_BY_NAME}"""
# Along the index of names. OFFSET 0 keeps a test a test: as a join, all of the tag would be put in order for one page
_TAGGED = """AND EXISTS (SELECT 1 FROM clients_clienttag t WHERE t.organization_id = %(o)s AND t.client_id = c.id
  AND t.tag_id = %(tag)s OFFSET 0)"""
_WALK = f"""
SELECT c.id FROM (SELECT c.* FROM clients_client c WHERE {_AFTER} {_BY_NAME.format(most=WALKED)}) c
WHERE true {{which}} {_BY_NAME}"""
_BEYOND = f"""
SELECT c.id FROM clients_client c WHERE {_AFTER} {_BY_NAME.format(most=1)} OFFSET {WALKED}"""
# From the tag: each of its clients a look-up
_GATHER = f"""
SELECT c.id FROM (SELECT t.client_id FROM clients_clienttag t
  WHERE t.organization_id = %(o)s AND t.tag_id = %(tag)s OFFSET 0) t
CROSS JOIN LATERAL (SELECT y.* FROM clients_client y WHERE y.organization_id = %(o)s AND y.id = t.client_id OFFSET 0) c
WHERE {_AFTER} {{which}}
{_BY_NAME}"""
_FREQUENT = """
SELECT count(*) FROM (SELECT 1 FROM clients_clienttag
  WHERE organization_id = %(o)s AND tag_id = %(tag)s LIMIT {most}) x"""
_TAGS = """
SELECT t.id, (SELECT count(*) FROM (SELECT 1 FROM clients_clienttag x
  WHERE x.organization_id = %(o)s AND x.tag_id = t.id LIMIT {most}) y)
FROM clients_tag t WHERE t.organization_id = %(o)s"""
_BORN = """AND EXISTS (SELECT 1 FROM clients_personaldata d WHERE d.organization_id = %(o)s AND d.client_id = c.id
  AND extract(month FROM d.birth_date) = %(month)s {day})"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list shows: found by `text`, having the tag, with a birthday on that date (or, `month`, in its month);
    without `contacts` numbers and addresses find nobody."""

    text: str = ""
    tag: int | None = None
    birthday: date | None = None
    month: bool = False
    after: tuple[str, str, int] = ("", "", 0)
    contacts: bool = True


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of clients with their tags, and whether there are more; `similar`: nobody is called so, these nearly are."""

    clients: list[Client]
    tags: dict[int, list[Tag]]
    more: bool
    similar: bool = False


def listed(wanted: Wanted) -> Listed:
    """The clients wanted, by name; of a search those that fit best. Constant statements."""
    found = _found(wanted)
    ids = _ids(wanted, found)
    near = bool(wanted.text and not found)
    if near:
        found = [client.pk for client in similar(wanted.text, FOUND, contacts=wanted.contacts)]
        ids = _ids(wanted, found) if found else []
    known = Client.objects.in_bulk(ids[: FOUND if wanted.text else PAGE])
    clients = [known[pk] for pk in ids if pk in known]
    return Listed(
        clients, tags_of([client.pk for client in clients]), not wanted.text and len(ids) > PAGE, near
    )


def _found(wanted: Wanted) -> list[int]:
    """Who is called so, if a name is asked for."""
    return (
        [client.pk for client in search(wanted.text, FOUND, contacts=wanted.contacts)] if wanted.text else []
    )


def _ids(wanted: Wanted, found: list[int]) -> list[int]:
    values: dict[str, Any] = {"o": scope.current(), "tag": wanted.tag}
    values |= dict(zip(("last", "first", "id"), wanted.after, strict=True))
    which = ""
    if wanted.birthday:
        day = "" if wanted.month else "AND extract(day FROM d.birth_date) = %(day)s"
        which = _BORN.format(day=day)
        values |= {"month": wanted.birthday.month, "day": wanted.birthday.day}
    if wanted.text:
        values["found"] = found
        which += f" AND c.id = ANY(%(found)s) {_TAGGED if wanted.tag else ''}"
        return _read(_ROWS.format(which=which, most=FOUND), values)
    return (_tagged if wanted.tag else _all)(which, values)


def _all(which: str, values: dict[str, Any]) -> list[int]:
    return _read(_ROWS.format(which=which, most=PAGE + 1), values)


def _tagged(which: str, values: dict[str, Any]) -> list[int]:
    """A page of those of a tag. What it costs does not grow with the tag: a rare one is read and put in order, of a
    frequent one the names are walked until the page is full, unless its clients stand far behind in the alphabet."""
    [many] = _read(_FREQUENT.format(most=GATHERED + 1), values)
    if many > GATHERED:
        ids = _read(_WALK.format(which=which + _TAGGED, most=PAGE + 1), values)
        if len(ids) > PAGE or not _read(_BEYOND, values):
            return ids
    return _read(_GATHER.format(which=which, most=PAGE + 1), values)


def _read(statement: str, values: dict[str, Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


def tags() -> list[tuple[Tag, int]]:
    """All tags by name, with how many clients have each, at most TAGGED + 1."""
    with connection.cursor() as cursor:
        cursor.execute(_TAGS.format(most=TAGGED + 1), {"o": scope.current()})
        counts = dict(cursor.fetchall())
    return [(tag, counts.get(tag.pk, 0)) for tag in Tag.objects.order_by("folded")]


def tags_of(clients: list[int]) -> dict[int, list[Tag]]:
    """The tags of each client, by name."""
    pairs = list(ClientTag.objects.filter(client_id__in=clients).values_list("client_id", "tag_id"))
    known = Tag.objects.in_bulk({tag for _client, tag in pairs})
    found: dict[int, list[Tag]] = {}
    for client, tag in pairs:
        found.setdefault(client, []).append(known[tag])
    return {client: sorted(each, key=lambda tag: tag.folded) for client, each in found.items()}


def files(client_id: int) -> list[ClientFile]:
    """What is kept about a client as files, the newest first."""
    return list(ClientFile.objects.filter(client_id=client_id, archived_at=None).order_by("-id"))


def file(client_id: int, file_id: int) -> ClientFile:
    """One of them; refuses not_found."""
    found = ClientFile.objects.filter(pk=file_id, client_id=client_id, archived_at=None).first()
    if found is None:
        raise not_found()
    return found


def notes(client_id: int) -> list[ClientNote]:
    """What staff wrote down, the newest first."""
    return list(ClientNote.objects.filter(client_id=client_id, archived_at=None).order_by("-id"))


def count() -> int:
    """How many clients there are, at most COUNTED + 1."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT 1 FROM clients_client WHERE organization_id = %s AND archived_at IS NULL"
            f" LIMIT {COUNTED + 1}) x",
            [scope.current()],
        )
        return int(cursor.fetchone()[0])
