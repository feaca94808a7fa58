"""Django's entry for clients."""

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    """Registers the models of clients."""

    name = "visita.clients"
    label = "clients"
