"""The version under which processes remember an organization's rules (`tenancy.versions`)."""

import uuid

from django.db import models

from visita.foundation.tenant import TenantModel


class RulesVersion(TenantModel):
    """Written by triggers only. Mostly one row for each organization; several where rules were changed side by side."""

    version = models.UUIDField(default=uuid.uuid4)

    class Meta:
        indexes = [models.Index(fields=["organization_id"], name="rules_version")]

    def __str__(self) -> str:
        return str(self.version)
