"""The claims that must not overlap, and the constraint that is the last word for every door."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField, IntegerRangeField
from django.db import models
from django.db.models import F, FloatField, Func, Q, Value
from django.db.models.functions import Cast

from visita.foundation.history import tracked
from visita.foundation.tenant import TrackedModel

LONGEST = 2880  # minutes one claim may last; longer is several rows (decision 13)
USUAL = 480  # minutes most claims stay under; the few longer ones have an index of their own


class AllocationKind(models.TextChoices):
    """What a claim is: a client's short hold, a visit, a dated class, or time blocked by staff."""

    HOLD = "hold"
    VISIT = "visit"
    SESSION = "session"
    BLOCK = "block"


def _instant(field: str) -> Func:
    return Func(Cast(F(field), FloatField()) * 60, function="to_timestamp")


@tracked(exclude=("period",))
class Allocation(TrackedModel):
    """One resource's seats held from minute `s` to minute `e` (epoch minutes, UTC), buffers included.

    A single-client service holds seats [1,∞), a lane or place [n, n+1), an overbooking by right a seat below 1.
    Rows are inserted by `scheduling.claims` only; a period is never updated (a move deletes and inserts).
    """

    resource_id = models.BigIntegerField()
    location_id = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=AllocationKind.choices)
    s = models.IntegerField()
    e = models.IntegerField()
    seats = IntegerRangeField()
    period = models.GeneratedField(
        expression=Func(_instant("s"), _instant("e"), function="tstzrange"),
        output_field=DateTimeRangeField(),
        db_persist=True,
    )
    live = models.BooleanField(default=True)
    expires_at = models.DateTimeField(null=True)
    hold = models.CharField(max_length=64, blank=True)
    appointment_id = models.BigIntegerField(null=True)
    session_id = models.BigIntegerField(null=True)
    role = models.SmallIntegerField(default=0)
    overbooked = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organization_id", "resource_id", "s"],
                include=["e", "seats", "kind", "expires_at"],
                name="allocation_busy",
                condition=Q(live=True),
            ),
            models.Index(
                fields=["organization_id", "resource_id", "s"],
                include=["e", "seats", "expires_at"],
                name="allocation_long",
                condition=Q(live=True, e__gt=F("s") + USUAL),
            ),
            models.Index(fields=["organization_id", "appointment_id"], name="allocation_appointment"),
            models.Index(
                fields=["organization_id", "session_id"],
                name="allocation_session",
                condition=Q(session_id__isnull=False),
            ),
            models.Index(fields=["organization_id", "hold"], name="allocation_hold", condition=~Q(hold="")),
        ]
        constraints = [
            ExclusionConstraint(
                name="allocation_no_overlap",
                index_type="GIST",
                expressions=[
                    (
                        Func(
                            F("resource_id"),
                            F("resource_id"),
                            Value("[]"),
                            function="int8range",
                            output_field=BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    ("seats", "&&"),
                    ("period", "&&"),
                ],
                condition=Q(live=True),
            ),
            models.CheckConstraint(
                condition=Q(e__gt=F("s")) & Q(e__lte=F("s") + LONGEST), name="allocation_length"
            ),
            models.CheckConstraint(condition=Q(seats__isempty=False), name="allocation_seats"),
            models.CheckConstraint(
                condition=Q(kind="hold", expires_at__isnull=False) | (~Q(kind="hold") & Q(expires_at=None)),
                name="allocation_only_holds_expire",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.resource_id} {self.s}-{self.e}"
