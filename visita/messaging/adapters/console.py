"""For development: the message is printed where the server runs."""

import sys

from visita.messaging.message import Message, NotSent


class Console:
    """Prints to standard error, not to the log: what a message says must never be in a log."""

    name = "console"

    def send(self, message: Message) -> str:
        """Refuses NotSent where the terminal is gone: the server outlives the window it was started in."""
        head = f"{message.channel} to {message.to}" + (f": {message.subject}" if message.subject else "")
        try:
            sys.stderr.write(f"\n--- {head}\n{message.body}\n---\n")
            sys.stderr.flush()
        except OSError as error:
            raise NotSent(f"console: {error.strerror}") from error
        return message.key
