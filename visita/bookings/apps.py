"""Django's entry for bookings."""

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    """Registers the models of bookings."""

    name = "visita.bookings"
    label = "bookings"

    def ready(self) -> None:
        """Say what of ours points at a client."""
        from visita.bookings import belongings  # noqa: F401
