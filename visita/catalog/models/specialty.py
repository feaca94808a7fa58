"""A specialty groups services and gives them their base interval and capacity."""

from django.db import models

from visita.foundation.history import tracked
from visita.foundation.tenant import TrackedModel


@tracked()
class Specialty(TrackedModel):
    """`base_minutes` is the interval its services are multiples of; `capacity` how many clients at one time."""

    name = models.JSONField(default=dict)
    base_minutes = models.SmallIntegerField(default=30)
    capacity = models.SmallIntegerField(default=1)
    position = models.IntegerField(default=0)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]
        verbose_name_plural = "specialties"

    def __str__(self) -> str:
        return str(next(iter(self.name.values()), self.pk))
