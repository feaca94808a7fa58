"""Django's entry for tenancy."""

from django.apps import AppConfig


class TenancyConfig(AppConfig):
    """Registers the models of tenancy."""

    name = "visita.tenancy"
    label = "tenancy"
