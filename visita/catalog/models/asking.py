"""What a booking asks besides who and when: extra fields, and tick-boxes with the texts that were accepted."""

from django.db import models

from visita.foundation import clock
from visita.foundation.history import tracked
from visita.foundation.tenant import TenantModel, TrackedModel


class FieldKind(models.TextChoices):
    """How a field is answered; dates are ISO dates, numbers decimal texts, ticks true or false."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    TICK = "tick"


class AskedOf(models.TextChoices):
    """Who fills a field in: the client while booking, staff, or either."""

    CLIENT = "client"
    STAFF = "staff"
    BOTH = "both"


@tracked()
class BookingField(TrackedModel):
    """A question of a booking. `code` names it in the API and in the visit; `choices` are `{code, label}` in order.

    `version` is raised by every change; a visit keeps the label and version it was asked with (decision 37).
    """

    code = models.CharField(max_length=40)
    label = models.JSONField(default=dict)
    hint = models.JSONField(default=dict)
    kind = models.CharField(max_length=12, choices=FieldKind.choices)
    choices = models.JSONField(default=list)
    required = models.BooleanField(default=False)
    asked_of = models.CharField(max_length=8, choices=AskedOf.choices, default=AskedOf.CLIENT)
    position = models.IntegerField(default=0)
    version = models.IntegerField(default=1)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "code"],
                condition=models.Q(archived_at=None),
                name="booking_field_code",
            )
        ]

    def __str__(self) -> str:
        return self.code


class ConsentPurpose(models.TextChoices):
    """What a text is about. Marketing is always asked apart and never required."""

    TERMS = "terms"
    PRIVACY = "privacy"
    COOKIES = "cookies"
    HEALTH = "health"
    MARKETING = "marketing"
    OTHER = "other"


@tracked()
class ConsentText(TrackedModel):
    """A tick-box beside the booking; what it says stands in its `ConsentVersion` of this `version`."""

    purpose = models.CharField(max_length=12, choices=ConsentPurpose.choices, default=ConsentPurpose.TERMS)
    required = models.BooleanField(default=True)
    position = models.IntegerField(default=0)
    version = models.IntegerField(default=1)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class ConsentVersion(TenantModel):
    """The words of a consent as they once were; never changed and never deleted, so that a proof can show them.

    `label` is the sentence beside the tick-box, `body` the whole text in each language, `file_hash` the SHA-256 of
    an uploaded PDF instead of a body (the file stands under that name).
    """

    consent_id = models.BigIntegerField()
    version = models.IntegerField()
    label = models.JSONField(default=dict)
    body = models.JSONField(default=dict)
    file_hash = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=160, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    activity_id = models.BigIntegerField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "consent_id", "version"], name="consent_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.consent_id} v{self.version}"


class AskedWhere(TenantModel):
    """Where a field or a consent is asked: every id that is set must fit. Without any row it is asked everywhere."""

    field_id = models.BigIntegerField(null=True)
    consent_id = models.BigIntegerField(null=True)
    location_id = models.BigIntegerField(null=True)
    specialty_id = models.BigIntegerField(null=True)
    service_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organization_id", "field_id"], name="asked_where_field"),
            models.Index(fields=["organization_id", "consent_id"], name="asked_where_consent"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(field_id=None, consent_id__isnull=False)
                | models.Q(field_id__isnull=False, consent_id=None),
                name="asked_where_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.field_id or self.consent_id}"
