"""Visits that repeat: the series, and the place of each visit in it."""

from django.db import models

from visita.foundation.history import tracked
from visita.foundation.tenant import TrackedModel


@tracked()
class Series(TrackedModel):
    """A rule by which a client's visits repeat (`repeating.Repeat` as JSON), as it holds for those to come."""

    location_id = models.BigIntegerField()
    client_id = models.BigIntegerField()
    rule = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["organization_id", "client_id"], name="series_client")]

    def __str__(self) -> str:
        return f"series {self.pk}"


@tracked()
class Turn(TrackedModel):
    """One visit of a series: its number, and when and with whom the series has it.

    A visit that stands elsewhere than its turn says was changed by itself; changes of the series leave it there.
    `wall` is local text like that of the visit; `resource_id` is of the first service, None = whoever did it.
    """

    series_id = models.BigIntegerField()
    visit_id = models.BigIntegerField()
    number = models.SmallIntegerField()
    wall = models.CharField(max_length=32)
    resource_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization_id", "visit_id"], name="turn_visit_once"),
            models.UniqueConstraint(fields=["organization_id", "series_id", "number"], name="turn_number"),
        ]

    def __str__(self) -> str:
        return f"{self.series_id}/{self.number}"
