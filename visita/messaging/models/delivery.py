"""The log of deliveries: that something was sent, to whom as far as a log may say, and how it went. Never what."""

from django.db import models

from visita.foundation.tenant import TenantModel


class DeliveryState(models.TextChoices):
    """`withheld`: asked for, and deliberately not sent (nobody is known at this contact)."""

    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    WITHHELD = "withheld"


class Delivery(TenantModel):
    """`recipient` is masked (+40 ••• 014), `reference` the provider's name for it, `reason` why it failed.

    Of a letter about a visit: `visit_id`, and `told`, the last act on it (its event's id) that the letter knew of.
    """

    key = models.CharField(max_length=64)
    channel = models.CharField(max_length=8)
    purpose = models.CharField(max_length=20)
    recipient = models.CharField(max_length=254)
    adapter = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=DeliveryState.choices)
    reference = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    visit_id = models.BigIntegerField(null=True)
    told = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization_id", "key"], name="delivery_once")]
        indexes = [
            models.Index(fields=["organization_id", "purpose", "at"], name="delivery_day"),
            models.Index(
                fields=["organization_id", "visit_id"],
                name="delivery_visit",
                condition=models.Q(visit_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.purpose} {self.state}"
