"""For whom an appointment is, where several come with one visit."""

from django.db import models

from visita.foundation.tenant import TenantModel


class Attendee(TenantModel):
    """One of those who come: the subject that the visit's appointment at `position` is for.

    `number` counts those who come (0 = the first); without a subject it is the client. Written with the visit where
    several come and somebody was named, never changed; a move keeps the appointments and so who they are for.
    """

    visit_id = models.BigIntegerField()
    position = models.SmallIntegerField()
    number = models.SmallIntegerField()
    subject_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "visit_id", "position", "number"], name="attendee_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.visit_id}/{self.position}/{self.number}"
