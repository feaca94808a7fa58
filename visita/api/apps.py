"""Django's entry for the API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Registers the package for its template."""

    name = "visita.api"
    label = "api"
