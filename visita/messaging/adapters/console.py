"""For development: the message is printed where the server runs."""

import sys

from visita.messaging.message import Message


class Console:
    """Prints to standard error, not to the log: what a message says must never be in a log."""

    name = "console"

    def send(self, message: Message) -> str:
        """Always sent."""
        head = f"{message.channel} to {message.to}" + (f": {message.subject}" if message.subject else "")
        sys.stderr.write(f"\n--- {head}\n{message.body}\n---\n")
        sys.stderr.flush()
        return message.key
