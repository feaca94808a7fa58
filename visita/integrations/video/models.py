"""What the two browsers of a video visit tell each other until they are connected."""

from django.db import models

from visita.foundation import clock
from visita.foundation.tenant import TenantModel


class Side(models.TextChoices):
    """Who speaks."""

    CLIENT = "client"
    STAFF = "staff"


class Signal(TenantModel):
    """One message for the other side. It matters for seconds and is deleted with the next one after ten minutes."""

    visit_id = models.BigIntegerField()
    side = models.CharField(max_length=6, choices=Side.choices)
    body = models.JSONField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["organization_id", "visit_id", "id"], name="signal_visit")]

    def __str__(self) -> str:
        return f"{self.side} {self.visit_id}"
