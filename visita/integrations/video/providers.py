"""Where a room is: ours by default, or an address of a server the organization chose.

A provider is a function from the room's name to its address; an empty address means our own page. The name is made of
the visit and its start with the installation's secret, so that nobody can guess it, a moved visit gets a new one and
the old address is worth nothing.
"""

import base64
from collections.abc import Callable

from django.utils.crypto import salted_hmac

from visita.foundation import scope

Provider = Callable[[str, str], str]


def own(_server: str, _name: str) -> str:
    """Two browsers connected directly by `frontend/room.ts`."""
    return ""


def jitsi(server: str, name: str) -> str:
    """A room of a Jitsi Meet server, which makes rooms by being asked for them."""
    return f"{server.rstrip('/')}/{name}" if server else ""


PROVIDERS: dict[str, Provider] = {"own": own, "jitsi": jitsi}


def name(visit_id: int, start: int) -> str:
    """The secret name of a visit's room: 26 letters and digits, of 130 bits."""
    code = salted_hmac("visita.video", f"{scope.current()}:{visit_id}:{start}", algorithm="sha256").digest()
    return "visita" + base64.b32encode(code)[:26].decode().lower()
