"""One row for each thing somebody did: the record, the outbox, and what a history entry points to."""

from django.db import models

from visita.foundation import clock
from visita.foundation.tenant import TenantModel


class Activity(TenantModel):
    """Who did what to which object, written in the transaction that did it.

    `dispatched_at` stays NULL until a worker has expanded the event (that of an event nobody hears of is `at`); it is the
    only column anyone may change.
    """

    at = models.DateTimeField(default=clock.now)
    verb = models.CharField(max_length=64)
    object_kind = models.CharField(max_length=32)
    object_id = models.BigIntegerField()
    actor_kind = models.CharField(max_length=16)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200)
    ip = models.GenericIPAddressField(null=True)
    source = models.CharField(max_length=32)
    payload = models.JSONField(default=dict)
    dispatched_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organization_id", "object_kind", "object_id", "id"], name="activity_object"
            ),
            models.Index(
                fields=["organization_id", "id"], name="activity_due", condition=models.Q(dispatched_at=None)
            ),
            models.Index(
                fields=["organization_id", "object_id"],
                name="activity_moved",
                condition=models.Q(object_kind="visit", verb="visit.moved"),
            ),  # "only what was moved" of years
            models.Index(
                fields=["organization_id", "id"],
                name="activity_working_time",
                condition=models.Q(
                    verb__in=(
                        "working_time.set",
                        "working_time.exception_set",
                        "working_time.exception_removed",
                        "time.blocked",
                        "time.unblocked",
                    )
                ),
            ),  # the journal of changes to working time, beside years of bookings
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_kind} {self.object_id}"
