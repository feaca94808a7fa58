"""Models of messaging."""

from visita.messaging.models.delivery import Delivery, DeliveryState

__all__ = ["Delivery", "DeliveryState"]
