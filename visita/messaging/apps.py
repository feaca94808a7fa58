"""Django's entry for messaging."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Registers the models of messaging."""

    name = "visita.messaging"
    label = "messaging"
