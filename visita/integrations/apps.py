"""Django's entry for integrations."""

from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    """Owns only what a call needs for seconds: what comes in is kept by the packages it belongs to."""

    name = "visita.integrations"
    label = "integrations"

    def ready(self) -> None:
        """Declare the settings, so that they can be set before anything reads them."""
        from visita.integrations.video import settings  # noqa: F401  # importing it declares the keys
