"""Django's entry for catalog."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """Registers the models of catalog."""

    name = "visita.catalog"
    label = "catalog"
