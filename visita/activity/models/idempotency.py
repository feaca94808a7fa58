"""Answers already given, by the key the caller sent: the same request again gets the same answer."""

from django.db import models

from visita.foundation import clock
from visita.foundation.tenant import TenantModel


class IdempotencyKey(TenantModel):
    """A success that can be repeated for 72 hours. Written in the effect's transaction, so it dies with it.

    `body` is encrypted: it may hold a manage token.
    """

    principal = models.CharField(max_length=80)
    route = models.CharField(max_length=80)
    key = models.CharField(max_length=255)
    request_hash = models.CharField(max_length=64)
    status = models.SmallIntegerField()
    body = models.BinaryField()
    created = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "principal", "route", "key"], name="idempotency_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.route} {self.key}"
