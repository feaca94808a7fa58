"""Django's entry for identity."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Registers the models of identity."""

    name = "visita.identity"
    label = "identity"
