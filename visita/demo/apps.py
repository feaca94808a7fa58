"""The demo as an application of Django's (it has no tables)."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Registers the package's name."""

    name = "visita.demo"
    label = "demo"
