"""Keys by which other programs act for an organization."""

from django.db import models

from visita.foundation import clock
from visita.foundation.history import tracked
from visita.foundation.tenant import TrackedModel


@tracked(exclude=("hash",))
class ApiKey(TrackedModel):
    """Only the hash is kept. A key begins with the organization's public id, so its scope is known first."""

    label = models.CharField(max_length=120)
    hash = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=32, default="administrator")
    created = models.DateTimeField(default=clock.now)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.label
