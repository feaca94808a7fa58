"""For development: every message is a file of one line of JSON under VISITA_DATA/outgoing, for its user alone (0600)."""

import json
import os
from dataclasses import asdict
from pathlib import Path

from django.conf import settings

from visita.foundation import clock
from visita.messaging.message import Message, NotSent


def folder() -> Path:
    """Where the messages lie."""
    return Path(settings.VISITA_DATA) / "outgoing"


class File:
    """The file's name begins with the time, so that a listing is in order; the same key twice is one file."""

    name = "file"

    def send(self, message: Message) -> str:
        """Refuses NotSent where the folder cannot be written."""
        try:
            folder().mkdir(parents=True, exist_ok=True, mode=0o700)
            return _write(message)
        except OSError as error:
            raise NotSent(f"file: {error.strerror}") from error


def _write(message: Message) -> str:
    same = next(folder().glob(f"*-{message.key}.json"), None)
    if same is not None:
        return same.name
    path = folder() / f"{clock.now():%Y%m%dT%H%M%S%f}-{message.key}.json"
    line = json.dumps({"at": clock.now().isoformat(), **asdict(message)}, ensure_ascii=False)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(line + "\n")
    return path.name
