"""Who looked at whose data: one row for each person, object and hour, written once."""

from django.db import models

from visita.foundation.tenant import TenantModel


class Reading(TenantModel):
    """A member of staff opened an object that shows health data. `hour` is the hour's first instant."""

    object_kind = models.CharField(max_length=32)
    object_id = models.BigIntegerField()
    actor_id = models.BigIntegerField()
    actor_label = models.CharField(max_length=200)
    ip = models.GenericIPAddressField(null=True)
    hour = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "object_kind", "object_id", "hour", "actor_id"],
                name="reading_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.actor_label} read {self.object_kind} {self.object_id}"
