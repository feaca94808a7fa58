"""A table's filters, columns and order that a person keeps under a name."""

from django.db import models

from visita.foundation.tenant import TenantModel
from visita.identity.models.user import User


class SavedView(TenantModel):
    """One person's view of one table; `query` is the table's own address query."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    table = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "user", "table", "name"], name="saved_view_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
