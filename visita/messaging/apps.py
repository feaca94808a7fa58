"""Django's entry for messaging."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Registers the models of messaging."""

    name = "visita.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Register what the worker does for messages, and who is asked whether one can leave."""
        from visita.bookings import ports
        from visita.messaging import choice_letters, letters, telling, waitlist_letters  # noqa: F401 - register their consumers

        ports.unreachable.register("messaging", letters.unreachable)
