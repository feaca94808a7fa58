"""Django's entry for messaging."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Registers the models of messaging."""

    name = "visita.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Register what the worker does for messages."""
        from visita.messaging import choice_letters, telling, waitlist_letters  # noqa: F401 - register their consumers
