"""What waits for a decision of staff: differences, possible doubles; and merges that may be undone. Inside a scope."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from visita.clients import addresses
from visita.clients.models import Client, Difference, Merge
from visita.foundation import scope

# Both sides of a pair as they stand now: a merged record is its survivor
_PAIRS = """
FROM clients_double d
JOIN clients_client a ON a.organization_id = d.organization_id AND a.id = d.client_id
JOIN clients_client b ON b.organization_id = d.organization_id AND b.id = d.other_id
WHERE d.organization_id = %(o)s AND d.settled = ''
  AND coalesce(a.merged_into_id, a.id) <> coalesce(b.merged_into_id, b.id)"""
_COUNT = f"""
SELECT (SELECT count(*) FROM clients_difference WHERE organization_id = %(o)s AND settled = '')
  + (SELECT count(*) {_PAIRS})"""
_OPEN = f"""
SELECT d.id, coalesce(a.merged_into_id, a.id), coalesce(b.merged_into_id, b.id) {_PAIRS}
  AND (%(client)s::bigint IS NULL OR d.client_id = %(client)s OR d.other_id = %(client)s
    OR a.merged_into_id = %(client)s OR b.merged_into_id = %(client)s)
ORDER BY d.id DESC LIMIT %(most)s"""
MOST = 100  # shown at once; the next come when these are decided


@dataclass(frozen=True, slots=True)
class Said:
    """A difference with its client."""

    difference: Difference
    client: Client

    @property
    def known(self) -> str:
        """What the record holds."""
        if self.difference.field == "address":
            return addresses.of(self.client.pk)
        return str(getattr(self.client, self.difference.field, ""))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two living records that may be one person: `made` is the newer, `known` the one it fitted."""

    id: int
    made: Client
    known: Client


def waiting() -> int:
    """How many decisions wait."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"o": scope.current()})
        return int(cursor.fetchone()[0])


def differences(client_id: int | None = None) -> list[Said]:
    """Open differences, the newest first; of one client or of all."""
    rows = Difference.objects.filter(settled="").order_by("-id")
    rows = rows if client_id is None else rows.filter(client_id=client_id)
    found = list(rows[:MOST])
    clients = _clients(each.client_id for each in found)
    return [Said(each, clients[each.client_id]) for each in found]


def pairs(client_id: int | None = None) -> list[Pair]:
    """Open pairs, the newest first; of one client or of all. Each two people once."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, {"o": scope.current(), "client": client_id, "most": MOST})
        rows = cursor.fetchall()
    clients = _clients(pk for _id, *both in rows for pk in both)
    found: dict[frozenset[int], Pair] = {}
    for id_, made, known in rows:
        found.setdefault(frozenset((made, known)), Pair(id_, clients[made], clients[known]))
    return list(found.values())


def merges(client_id: int) -> list[tuple[Merge, Client]]:
    """What was merged into the client and not taken apart again, the last first, with the other record."""
    found = list(Merge.objects.filter(survivor_id=client_id, undone_at=None).order_by("-id"))
    clients = _clients(each.other_id for each in found)
    return [(each, clients[each.other_id]) for each in found]


def _clients(ids: Iterable[int]) -> dict[int, Client]:
    return Client.objects.in_bulk(set(ids))
