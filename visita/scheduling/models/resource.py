"""Anything with a calendar: a person, a room, a chair, a lift, a pitch, a device."""

from django.db import models

from visita.foundation.history import tracked
from visita.foundation.tenant import TenantModel, TrackedModel


class ResourceKind(models.TextChoices):
    """What sort of thing has the calendar."""

    PERSON = "person"
    ROOM = "room"
    DEVICE = "device"


@tracked(exclude=("hours_version",))
class Resource(TrackedModel):
    """A calendar. Hidden from clients it is still bookable by staff; archived it is neither.

    `hours_version` is raised by every change of its working time: a booking that looked at the old hours notices it
    when it locks the row.
    """

    kind = models.CharField(max_length=16, choices=ResourceKind.choices, default=ResourceKind.PERSON)
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=80, blank=True)
    occupation = models.JSONField(default=dict)
    color = models.CharField(max_length=7, blank=True)
    position = models.IntegerField(default=0)
    online = models.BooleanField(default=True)
    in_journal = models.BooleanField(default=True)
    version = models.IntegerField(default=1)
    hours_version = models.IntegerField(default=1, db_default=1)
    external_id = models.CharField(max_length=120, blank=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.title} {self.name}".strip()


class ResourceLocation(TenantModel):
    """A resource works at a location (when, is said by its working time)."""

    resource_id = models.BigIntegerField()
    location_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "location_id", "resource_id"], name="resource_location_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource_id}@{self.location_id}"
