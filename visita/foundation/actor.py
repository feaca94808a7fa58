"""Who acts: a plain value handed to every action and kept in the activity record (no foreign key)."""

from dataclasses import dataclass
from typing import Final, Literal

NAMELESS: Final = "client"
"""The label of a client who gave no name at that door."""

Kind = Literal["client", "staff", "key", "import", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """`kind` and `id` name the person or program, `label` how people call it, `source` the door it came by."""

    kind: Kind
    id: int | None
    label: str
    ip: str | None = None
    source: str = "web"

    @property
    def is_staff(self) -> bool:
        """Staff and their keys may book outside the rules for clients."""
        return self.kind != "client"


SYSTEM = Actor("system", None, "Visita", source="system")
