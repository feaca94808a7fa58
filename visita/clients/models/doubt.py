"""What a booking said otherwise than the client's record, and records that may be of one person: for staff to decide."""

from django.db import models

from visita.foundation import clock
from visita.foundation.tenant import TenantModel


class Difference(TenantModel):
    """A phone or an email typed by somebody who matched the client, not what the record holds; never written over it.

    `settled` is empty until staff accept or dismiss it; a dismissed value does not come back.
    """

    client_id = models.BigIntegerField()
    field = models.CharField(max_length=20)
    value = models.CharField(max_length=254)
    made = models.DateTimeField(default=clock.now)
    settled = models.CharField(max_length=10, blank=True)
    activity_id = models.BigIntegerField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "client_id", "field", "value"], name="difference_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["organization_id", "id"], name="difference_open", condition=models.Q(settled="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.client_id}"


class Double(TenantModel):
    """A pair that may be one person: the newer record and an older one it fitted as well as another did."""

    client_id = models.BigIntegerField()
    other_id = models.BigIntegerField()
    made = models.DateTimeField(default=clock.now)
    settled = models.CharField(max_length=10, blank=True)
    activity_id = models.BigIntegerField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization_id", "client_id", "other_id"], name="double_once")
        ]
        indexes = [
            models.Index(
                fields=["organization_id", "id"], name="double_open", condition=models.Q(settled="")
            ),
            models.Index(fields=["organization_id", "other_id"], name="double_other"),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} and {self.other_id}"


class Merge(TenantModel):
    """Two records made one. `moved` is {table.column: [ids]}, `fields` {field: [before, after]} of the survivor: what
    undoing needs to bring back exactly what was moved."""

    survivor_id = models.BigIntegerField()
    other_id = models.BigIntegerField()
    at = models.DateTimeField(default=clock.now)
    moved = models.JSONField(default=dict)
    fields = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    activity_id = models.BigIntegerField(null=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["organization_id", "survivor_id"], name="merge_survivor"),
            models.Index(fields=["organization_id", "other_id"], name="merge_other"),
        ]

    def __str__(self) -> str:
        return f"{self.other_id} into {self.survivor_id}"
