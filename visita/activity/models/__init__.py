"""Models of activity."""

from visita.activity.models.activity import Activity
from visita.activity.models.errand import Errand
from visita.activity.models.idempotency import IdempotencyKey
from visita.activity.models.reading import Reading

__all__ = ["Activity", "Errand", "IdempotencyKey", "Reading"]
