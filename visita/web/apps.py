"""The web package as a Django app: it brings templates and tags, and no tables."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Screens."""

    name = "visita.web"
    label = "web"
