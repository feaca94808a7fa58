"""How often each step of booking was reached: sums only, so there is nobody in them to protect or to erase."""

from django.db import models

from visita.foundation.tenant import TenantModel


class FunnelStep(TenantModel):
    """One day's count of a step by door, language, device and channel; `day` is the organization's own date."""

    day = models.DateField()
    step = models.CharField(max_length=12)
    door = models.CharField(max_length=12)
    language = models.CharField(max_length=8)
    device = models.CharField(max_length=8)
    channel = models.CharField(max_length=16, blank=True)
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "day", "step", "door", "language", "device", "channel"],
                name="funnel_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.step} {self.count}"
