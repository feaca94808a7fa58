"""How one person likes the desk: the last view, filters and searches, by name."""

from django.db import models

from visita.foundation.tenant import TenantModel
from visita.identity.models.user import User


class Preference(TenantModel):
    """One value of one person at one organization; what it means is known by whoever named it."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    value = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization_id", "user", "name"], name="preference_once")
        ]

    def __str__(self) -> str:
        return self.name
