"""The adapters by name, and those an install has chosen for a channel."""

from typing import Final

from django.conf import settings

from visita.messaging.adapters.console import Console
from visita.messaging.adapters.file import File
from visita.messaging.message import Adapter, Channel

ADAPTERS: Final[dict[str, type[Console] | type[File]]] = {"console": Console, "file": File}


def chosen(channel: Channel) -> list[Adapter]:
    """The install's adapters of a channel, in order; the first one's answer counts."""
    return [ADAPTERS[name]() for name in settings.MESSAGE_ADAPTERS[channel]]
