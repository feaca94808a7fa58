"""Django's entry for integrations."""

from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    """Owns only what a call needs for seconds: what comes in is kept by the packages it belongs to."""

    name = "visita.integrations"
    label = "integrations"

    def ready(self) -> None:
        """Declare the settings, so that they can be set before anything reads them, and say where a visit is held."""
        from visita.integrations.video import (
            rooms,
            settings,  # noqa: F401  # importing it declares the keys
        )
        from visita.messaging import visit_facts

        visit_facts.rooms.register("video", rooms.path)
