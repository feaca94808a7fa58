"""Django's entry for tenancy."""

from django.apps import AppConfig


class TenancyConfig(AppConfig):
    """Registers the models of tenancy."""

    name = "visita.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        """Declares the settings that belong here, whatever the process imports."""
        from visita.tenancy import maps, origins  # noqa: F401
