"""Django's entry for scheduling."""

from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    """Registers the models of scheduling."""

    name = "visita.scheduling"
    label = "scheduling"
