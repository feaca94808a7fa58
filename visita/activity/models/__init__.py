"""Models of activity."""

from visita.activity.models.activity import Activity
from visita.activity.models.errand import Errand
from visita.activity.models.idempotency import IdempotencyKey

__all__ = ["Activity", "Errand", "IdempotencyKey"]
