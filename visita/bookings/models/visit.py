"""The visit, the document everything turns around, and its appointments (a service at a time)."""

from django.db import models

from visita.foundation import clock
from visita.foundation.history import tracked
from visita.foundation.tenant import TrackedModel


class VisitStatus(models.TextChoices):
    """The life of a visit. Only `cancelled` frees its time."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class Scheme(models.TextChoices):
    """Who stands for the visit: public health (in Italy the CUP) or the client; apart from any insurance (BK-11)."""

    PUBLIC = "public"
    PRIVATE = "private"


@tracked(exclude=("token_hash",))
class Visit(TrackedModel):
    """What a client booked. `s`/`e` span its appointments (epoch minutes, shown time without buffers).

    `wall` is the local text of the start beside `zone`, so that a change of zone rules can be seen and mended.
    `fields` are the answers with their labels as they were asked, `consents` what was ticked, `terms` the policy as it
    was agreed (`terms.Terms`). `version` is raised by every action. `parked_at`: laid aside to be
    moved, by whom; it keeps its time until it is dropped elsewhere. `discounts` are its lines (`discounts.Discount`), in the
    order they were given. `code` is unique over the whole install (decision 3).
    """

    location_id = models.BigIntegerField()
    client_id = models.BigIntegerField()
    subject_id = models.BigIntegerField(null=True)
    code = models.CharField(max_length=8, unique=True)
    token_hash = models.CharField(max_length=64)
    status = models.CharField(max_length=12, choices=VisitStatus.choices)
    version = models.IntegerField(default=1)
    s = models.IntegerField()
    e = models.IntegerField()
    zone = models.CharField(max_length=64)
    wall = models.CharField(max_length=32)
    seats = models.SmallIntegerField(default=1)
    source = models.CharField(max_length=32)
    external_id = models.CharField(max_length=120, null=True)
    note = models.TextField(blank=True)
    scheme = models.CharField(max_length=8, choices=Scheme.choices, blank=True, db_default="")
    fields = models.JSONField(default=dict)
    consents = models.JSONField(default=list)
    terms = models.JSONField(default=dict, db_default={})
    discounts = models.JSONField(default=list, db_default=[])
    cancel_reason = models.CharField(max_length=500, blank=True)
    booked_at = models.DateTimeField(default=clock.now)
    parked_at = models.DateTimeField(null=True)
    parked_by = models.CharField(max_length=200, blank=True, db_default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["organization_id", "location_id", "parked_at"],
                name="visit_parked",
                condition=models.Q(parked_at__isnull=False),
            ),
            models.Index(
                fields=["organization_id", "s"], name="visit_noted", condition=~models.Q(note="")
            ),  # notes are searched word by word, and most visits have none
            models.Index(fields=["organization_id", "location_id", "s"], name="visit_location_day"),
            models.Index(fields=["organization_id", "s"], name="visit_day"),
            models.Index(fields=["organization_id", "client_id", "s"], name="visit_client"),
            models.Index(fields=["organization_id", "booked_at"], name="visit_booked"),
            models.Index(fields=["organization_id", "status", "s"], name="visit_status"),
            models.Index(
                fields=["organization_id", "scheme", "s"], name="visit_scheme", condition=~models.Q(scheme="")
            ),
            models.Index(
                fields=["organization_id", "seats", "s"], name="visit_places", condition=~models.Q(seats=1)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "source", "external_id"], name="visit_external_once"
            ),
            models.CheckConstraint(condition=models.Q(e__gt=models.F("s")), name="visit_length"),
        ]

    def __str__(self) -> str:
        return self.code


@tracked()
class Appointment(TrackedModel):
    """A service at a time with its main resource; price (of one place) as computed at booking, with the line it came from.

    `discount_minor` is its share of the visit's discounts, for all places: what it brings is price × seats less that.
    """

    visit_id = models.BigIntegerField()
    service_id = models.BigIntegerField()
    resource_id = models.BigIntegerField(null=True)
    session_id = models.BigIntegerField(null=True)
    position = models.SmallIntegerField(default=0)
    s = models.IntegerField()
    e = models.IntegerField()
    price_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    price_source = models.CharField(max_length=40, blank=True)
    discount_minor = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        indexes = [
            models.Index(fields=["organization_id", "visit_id"], name="appointment_visit"),
            models.Index(fields=["organization_id", "resource_id", "s"], name="appointment_resource_day"),
            models.Index(fields=["service_id", "organization_id", "s"], name="appointment_service"),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id}/{self.position}"
