"""A service: how long, who does it, what else it needs, when it may start, what it costs."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from visita.foundation.history import tracked
from visita.foundation.tenant import TrackedModel


class ServiceKind(models.TextChoices):
    """Booked at free starts, or into dated sessions."""

    APPOINTMENT = "appointment"
    CLASS = "class"


@tracked()
class Service(TrackedModel):
    """What can be booked. All lengths are minutes.

    Length = `minutes`, else the specialty's base × `multiplier`. Buffers belong to the claim, not to the shown
    time. `hole_after`/`hole_minutes`: processing time during which the person is free for another client.
    `start_hours` (minutes of the day) replaces the grid of `start_step` (else the specialty's base).
    `capacity` over 1 shares the resource in lanes; NULL takes the specialty's. `max_party` places a booking.
    """

    specialty_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=12, choices=ServiceKind.choices, default=ServiceKind.APPOINTMENT)
    name = models.JSONField(default=dict)
    description = models.JSONField(default=dict)
    preparation = models.JSONField(default=dict)
    synonyms = models.JSONField(default=dict)
    minutes = models.SmallIntegerField(null=True)
    multiplier = models.SmallIntegerField(default=1)
    buffer_before = models.SmallIntegerField(default=0)
    buffer_after = models.SmallIntegerField(default=0)
    hole_after = models.SmallIntegerField(default=0)
    hole_minutes = models.SmallIntegerField(default=0)
    price_minor = models.BigIntegerField(null=True)
    price_shown = models.BooleanField(default=True)
    capacity = models.SmallIntegerField(null=True)
    max_party = models.SmallIntegerField(default=1)
    start_step = models.SmallIntegerField(null=True)
    start_hours = ArrayField(models.SmallIntegerField(), null=True)
    online = models.BooleanField(default=True)
    is_default = models.BooleanField(default=False)
    color = models.CharField(max_length=7, blank=True)
    icon = models.CharField(max_length=32, blank=True)
    position = models.IntegerField(default=0)
    external_id = models.CharField(max_length=120, blank=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return str(next(iter(self.name.values()), self.pk))


@tracked()
class ServiceResource(TrackedModel):
    """A resource that can give the service; its own length and price where they differ."""

    service_id = models.BigIntegerField()
    resource_id = models.BigIntegerField()
    minutes = models.SmallIntegerField(null=True)
    price_minor = models.BigIntegerField(null=True)
    online = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "service_id", "resource_id"], name="service_resource_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.service_id} by {self.resource_id}"


@tracked()
class Requirement(TrackedModel):
    """Something else the service needs for its whole time: one free resource out of a group (a room, a device)."""

    service_id = models.BigIntegerField()
    name = models.JSONField(default=dict)
    position = models.SmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["organization_id", "service_id"], name="requirement_service")]

    def __str__(self) -> str:
        return str(next(iter(self.name.values()), self.pk))


@tracked()
class RequirementResource(TrackedModel):
    """A resource that satisfies a requirement."""

    requirement_id = models.BigIntegerField()
    resource_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "requirement_id", "resource_id"], name="requirement_resource_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.requirement_id} by {self.resource_id}"
