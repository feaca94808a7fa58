"""Django's entry for bookings."""

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    """Registers the models of bookings."""

    name = "visita.bookings"
    label = "bookings"

    def ready(self) -> None:
        """Say what of ours points at a client; promotions change prices through the same port as what comes from above."""
        from visita.bookings import (
            belongings,  # noqa: F401
            limits,  # noqa: F401 - declares its settings before anybody sets one
            ports,
            pricing,
            queue,  # noqa: F401 - declares its settings
            risk_fitting,
            series_plan,  # noqa: F401 - declares its setting
        )
        from visita.bookings.hours import watching
        from visita.bookings.waitlist import consumers, rules  # noqa: F401 - rules declares its settings

        ports.price.register("promotion", pricing.by_promotion, ports.PROMOTION)
        consumers.register()
        risk_fitting.register()
        watching.register()
