"""A discounted price of a service, with the dates, days and hours in which it is valid."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from visita.foundation.history import tracked
from visita.foundation.tenant import TrackedModel


@tracked()
class Promotion(TrackedModel):
    """Its price holds for visits that start from `valid_from` to `valid_to` (NULL = open), on `weekdays` (0 = Monday,
    empty = every day), from minute `start` to before minute `end` of the location's wall clock.

    One of `price_minor` and `percent` (off the list price) is set. `only`: clients may book the service in the hours
    of its promotions alone. Archived it has never been.
    """

    service_id = models.BigIntegerField()
    name = models.JSONField(default=dict)
    price_minor = models.BigIntegerField(null=True)
    percent = models.SmallIntegerField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    weekdays = ArrayField(models.SmallIntegerField(), default=list)
    start = models.SmallIntegerField(default=0)
    end = models.SmallIntegerField(default=1440)
    only = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["valid_from", "id"]
        indexes = [models.Index(fields=["organization_id", "service_id"], name="promotion_service")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start__gte=0, end__lte=1440, start__lt=models.F("end")),
                name="promotion_hours",
            ),
            models.CheckConstraint(
                condition=models.Q(price_minor__isnull=False, percent=None)
                | models.Q(price_minor=None, percent__gte=1, percent__lte=100),
                name="promotion_price",
            ),
        ]

    def __str__(self) -> str:
        return str(next(iter(self.name.values()), self.pk))
