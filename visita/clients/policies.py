"""Pure rules of clients."""

from collections.abc import Iterable
from typing import Protocol

from visita.clients.details import Checked
from visita.clients.matching import name_key


class Named(Protocol):
    """A record with its name; `id` is whom it stands for."""

    @property
    def id(self) -> int: ...
    @property
    def first_name(self) -> str: ...
    @property
    def last_name(self) -> str: ...


def the_same(candidates: Iterable[Named], checked: Checked) -> list[int]:
    """Whose full name is the same after folding, each once, oldest first.

    `candidates` share the phone or the email. Two fits are two people until staff merge them: guessing would show
    one person's visits to another.
    """
    wanted = name_key(checked.details.first_name, checked.details.last_name)
    return sorted({each.id for each in candidates if name_key(each.first_name, each.last_name) == wanted})
