"""Django's entry for integrations."""

from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    """Owns no tables: what comes in is kept by the packages it belongs to."""

    name = "visita.integrations"
    label = "integrations"
