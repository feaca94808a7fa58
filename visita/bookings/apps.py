"""Django's entry for bookings."""

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    """Registers the models of bookings."""

    name = "visita.bookings"
    label = "bookings"
