"""Django's entry for messaging."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Registers the models of messaging."""

    name = "visita.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Register what the worker does for messages, and who is asked whether one can leave."""
        from visita.bookings import ports
        from visita.messaging import (  # noqa: F401 - register their consumers
            choice_letters,
            letters,
            telling,
            visit_letters,
            waitlist_letters,
            wishes,
        )

        ports.unreachable.register("messaging", letters.unreachable)
        ports.hears.register("messaging", wishes.hears)
