"""Dated classes: a session holds its resources alone and sells numbered places."""

from django.db import models

from visita.foundation.history import tracked
from visita.foundation.tenant import TrackedModel


@tracked()
class Session(TrackedModel):
    """A class on a date with `capacity` places; its resources are held by allocations of kind session."""

    service_id = models.BigIntegerField()
    location_id = models.BigIntegerField()
    s = models.IntegerField()
    e = models.IntegerField()
    capacity = models.SmallIntegerField()
    note = models.CharField(max_length=300, blank=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organization_id", "location_id", "s"], name="session_day")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(e__gt=models.F("s"), capacity__gte=1), name="session_shape"
            )
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.s}"


@tracked()
class Place(TrackedModel):
    """A seat of a session, sold or held; sold at most once while it lives (the database refuses the second)."""

    session_id = models.BigIntegerField()
    appointment_id = models.BigIntegerField(null=True)
    hold = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField(null=True)
    seat = models.SmallIntegerField()
    live = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "session_id", "seat"],
                name="place_once",
                condition=models.Q(live=True),
            )
        ]
        indexes = [
            models.Index(fields=["organization_id", "appointment_id"], name="place_appointment"),
            models.Index(fields=["organization_id", "hold"], name="place_hold", condition=~models.Q(hold="")),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}/{self.seat}"
