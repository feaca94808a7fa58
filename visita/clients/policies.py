"""Pure rules of clients."""

from collections.abc import Iterable

from visita.clients.details import Checked
from visita.clients.matching import name_key
from visita.clients.models import Client


def the_same(candidates: Iterable[Client], checked: Checked) -> Client | None:
    """The one client whose full name is the same after folding; none when nobody or several fit.

    `candidates` share the phone or the email. Two fits are two people until staff merge them: guessing would show
    one person's visits to another.
    """
    wanted = name_key(checked.details.first_name, checked.details.last_name)
    fits = [client for client in candidates if name_key(client.first_name, client.last_name) == wanted]
    return fits[0] if len(fits) == 1 else None
