"""Django's entry for marketing."""

from django.apps import AppConfig


class MarketingConfig(AppConfig):
    """Registers the models of marketing."""

    name = "visita.marketing"
    label = "marketing"

    def ready(self) -> None:
        """Its settings are declared before anybody reads or sets one."""
        from visita.marketing import tags  # noqa: F401 - declares
