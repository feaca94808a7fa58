"""Django's entry for marketing."""

from django.apps import AppConfig


class MarketingConfig(AppConfig):
    """Registers the models of marketing."""

    name = "visita.marketing"
    label = "marketing"
