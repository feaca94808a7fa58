"""Times kept for a client to choose from, because the visit cannot stay where it is."""

from django.db import models

from visita.foundation import clock
from visita.foundation.history import tracked
from visita.foundation.tenant import TrackedModel


class ChoiceStatus(models.TextChoices):
    """`withdrawn` by staff; `lost`: the visit was moved or cancelled otherwise meanwhile."""

    OPEN = "open"
    ACCEPTED = "accepted"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    LOST = "lost"


@tracked()
class Choice(TrackedModel):
    """`options` are `[{"s", "e", "resource"}]` (epoch minutes, who does the first part), all under one `hold`.

    The visit keeps its own time until one is taken; what was not taken comes free with the end of the choice.
    """

    code = models.CharField(max_length=8, unique=True)
    visit_id = models.BigIntegerField()
    location_id = models.BigIntegerField()
    options = models.JSONField()
    hold = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    status = models.CharField(max_length=9, choices=ChoiceStatus.choices, default=ChoiceStatus.OPEN)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "visit_id"],
                name="choice_one_open",
                condition=models.Q(status="open"),
            )
        ]
        indexes = [models.Index(fields=["organization_id", "visit_id", "id"], name="choice_visit")]

    def span(self) -> dict[str, int]:
        """Where and between which minutes its times lie, for the record."""
        first, last = min(each["s"] for each in self.options), max(each["e"] for each in self.options)
        return {"location": self.location_id, "s": first, "e": last}

    def __str__(self) -> str:
        return self.code
