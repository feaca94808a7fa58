"""When a resource can be booked at a location, in wall-clock minutes of the location's zone."""

from django.db import models

from visita.foundation.history import tracked
from visita.foundation.tenant import TrackedModel


@tracked()
class WorkingPattern(TrackedModel):
    """One interval of a week. `weekday` 0 = Monday; `start` < `end` in minutes of the day (≤ 1440).

    Valid from `valid_from` to `valid_to` inclusive (NULL = open), every `every_weeks` weeks counted from the
    ISO week of `valid_from`. Work past midnight is two rows (decision 24). `online` = the parts of it that clients
    may book by themselves, [[start, end], …]; NULL = all of it, empty = kept for staff.
    """

    resource_id = models.BigIntegerField()
    location_id = models.BigIntegerField()
    weekday = models.SmallIntegerField()
    start = models.SmallIntegerField()
    end = models.SmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    every_weeks = models.SmallIntegerField(default=1)
    online = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organization_id", "location_id", "resource_id"], name="working_pattern_of")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start__gte=0, end__lte=1440, start__lt=models.F("end")),
                name="pattern_interval",
            ),
            models.CheckConstraint(
                condition=models.Q(weekday__gte=0, weekday__lte=6, every_weeks__gte=1), name="pattern_week"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.weekday} {self.start}-{self.end}"


@tracked()
class WorkingException(TrackedModel):
    """Replaces the pattern of one date. `intervals` = [[start, end], …] in minutes of the day; empty = absent.

    With `resource_id` NULL it is the location's (a closed day or shortened hours); the resource's own wins.
    A resource's exception holds at `location_id`, or everywhere when that is NULL (absence only). `online` as in
    a pattern.
    """

    resource_id = models.BigIntegerField(null=True)
    location_id = models.BigIntegerField(null=True)
    date = models.DateField()
    intervals = models.JSONField(default=list)
    online = models.JSONField(null=True)
    reason = models.CharField(max_length=40, default="changed")

    class Meta:
        indexes = [models.Index(fields=["organization_id", "date"], name="working_exception_date")]
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "resource_id", "location_id", "date"],
                name="working_exception_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource_id or self.location_id} {self.date}"
