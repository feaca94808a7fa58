"""What is to be done because of an event: once for each consumer, recipient and channel."""

from django.db import models

from visita.foundation import clock
from visita.foundation.tenant import TenantModel


class Errand(TenantModel):
    """Something one consumer has to do about one event.

    Without recipient and channel it is the consumer's own turn: to say whom the event concerns. `due_at` is also the end
    of the lease of whoever carries it out, so what a killed worker held comes due again by itself. `dead`: given up
    after many attempts, for people to look at; `error` is the last failure's kind, never what a message said.
    """

    event_id = models.BigIntegerField()
    consumer = models.CharField(max_length=40)
    recipient = models.CharField(max_length=64, blank=True)
    channel = models.CharField(max_length=16, blank=True)
    payload = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    attempts = models.SmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    dead = models.BooleanField(default=False)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "event_id", "consumer", "recipient", "channel"],
                name="errand_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["organization_id", "due_at"], name="errand_due", condition=models.Q(done_at=None)
            ),
            models.Index(fields=["organization_id", "recipient"], name="errand_recipient"),
            models.Index(fields=["organization_id", "id"], name="errand_dead", condition=models.Q(dead=True)),
        ]

    def __str__(self) -> str:
        return f"{self.consumer} {self.event_id} {self.recipient} {self.channel}"
