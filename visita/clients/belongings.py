"""What points at a client: every such column is declared by the package that owns its table, so that a merge moves it.

A test walks the database's foreign keys; one that nobody declared fails it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from visita.foundation import scope


@dataclass(frozen=True, slots=True)
class Belonging:
    """A column that names a client. `label` is what the rows are called; `tracked` rows carry an activity_id.

    `once` are columns unique together with the client: a row that would meet its like stays where it is. What `moves`
    not stays with its record for the reason written where it is declared.
    """

    table: str
    column: str
    label: Any
    tracked: bool = True
    once: tuple[str, ...] = ()
    moves: bool = True

    @property
    def name(self) -> str:
        """As it stands in a merge's `moved`."""
        return f"{self.table}.{self.column}"

    def move(self, source: int, target: int, event: int, only: Sequence[int] | None = None) -> list[int]:
        """Let the rows of `source` (of these ids `only`) name `target`; the ids that moved. Ours alone, no free text."""
        sets = f"{self.column} = %(target)s" + (", activity_id = %(event)s" if self.tracked else "")
        values: dict[str, Any] = {"o": scope.current(), "source": source, "target": target, "event": event}
        values["only"] = None if only is None else list(only)
        sql = f"""UPDATE {self.table} m SET {sets} WHERE organization_id = %(o)s AND {self.column} = %(source)s
            {"" if only is None else "AND id = ANY(%(only)s)"} {self._alone()} RETURNING id"""
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return sorted(row[0] for row in cursor.fetchall())

    def count(self, client_id: int) -> int:
        """How many rows name the client."""
        sql = f"SELECT count(*) FROM {self.table} WHERE organization_id = %s AND {self.column} = %s"
        with connection.cursor() as cursor:
            cursor.execute(sql, [scope.current(), client_id])
            return int(cursor.fetchone()[0])

    def _alone(self) -> str:
        if not self.once:
            return ""
        same = " AND ".join(f"x.{name} = m.{name}" for name in self.once)
        return f"""AND NOT EXISTS (SELECT 1 FROM {self.table} x WHERE x.organization_id = %(o)s
            AND x.{self.column} = %(target)s AND {same})"""


Moved = dict[str, list[int]]
DECLARED: dict[str, Belonging] = {}
CONTRADICTIONS: list[Callable[[int, Moved], int]] = []


def declare(belonging: Belonging) -> None:
    """Make a column known, at import of the package that owns it."""
    DECLARED[belonging.name] = belonging


def contradiction(found: Callable[[int, Moved], int]) -> Callable[[int, Moved], int]:
    """Register a question asked before a merge is undone: how many rows of `survivor` would be torn apart by taking
    `moved` away."""
    CONTRADICTIONS.append(found)
    return found


def moving() -> list[Belonging]:
    """Those whose rows move, in a steady order (locks)."""
    return [DECLARED[name] for name in sorted(DECLARED) if DECLARED[name].moves]


declare(Belonging("clients_subject", "client_id", _("animals, children, vehicles")))
declare(Belonging("clients_difference", "client_id", _("differences"), once=("field", "value")))
# One row a client: where both have one, the survivor's counts and the other's stays with its record.
declare(Belonging("clients_personaldata", "client_id", _("personal data"), once=("organization_id",)))
declare(Belonging("clients_clientnote", "client_id", _("notes")))
declare(Belonging("clients_clientfile", "client_id", _("files")))
declare(Belonging("clients_clienttag", "client_id", _("tags"), once=("tag_id",)))
# Records merged into a merged one follow it, so that each names whom to look at in one step.
declare(Belonging("clients_client", "merged_into_id", _("earlier merged records")))
# The merged record keeps its own keys and leads to the survivor: it stays findable by its old name and phone.
declare(Belonging("clients_searchkey", "client_id", _("search keys"), moves=False))
# A pair is what somebody saw; reading it resolves both sides.
declare(Belonging("clients_double", "client_id", _("possible doubles"), moves=False))
declare(Belonging("clients_double", "other_id", _("possible doubles"), moves=False))
# What was merged is history.
declare(Belonging("clients_merge", "survivor_id", _("merges"), moves=False))
declare(Belonging("clients_merge", "other_id", _("merges"), moves=False))
