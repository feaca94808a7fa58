"""Settings as rows: the nearest one wins (service at resource, service, specialty, location, organization)."""

from django.db import models

from visita.foundation.history import tracked
from visita.foundation.tenant import TrackedModel


@tracked()
class Setting(TrackedModel):
    """One value of a declared key (`tenancy.settings`) at one place of the cascade; scope_id 0 = organization."""

    scope_kind = models.CharField(max_length=20, default="organization")
    scope_id = models.BigIntegerField(default=0)
    key = models.CharField(max_length=60)
    value = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "scope_kind", "scope_id", "key"], name="setting_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope_kind} {self.scope_id} {self.key}"
