"""Django's entry for activity."""

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    """Registers the models of activity."""

    name = "visita.activity"
    label = "activity"
