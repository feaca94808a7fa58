"""The base of every tenant's table: an organization id, and a manager that refuses to look outside a scope."""

from typing import ClassVar, Self, TypeVar

from django.db import models

from visita.foundation import scope

_M = TypeVar("_M", bound=models.Model, covariant=True)


class ScopedManager(models.Manager[_M]):
    """Every query is filtered by the running scope; outside one it raises `scope.NoScope`."""

    def get_queryset(self) -> models.QuerySet[_M]:
        return super().get_queryset().filter(organization_id=scope.current())


class TenantModel(models.Model):
    """A row that belongs to one organization.

    `organization_id` is a plain column here; its foreign key, the composite keys and the policies are made by
    `foundation.walls` in the migrations, because Django cannot say them.
    """

    organization_id = models.BigIntegerField(default=scope.current, editable=False)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        abstract = True


class TrackedModel(TenantModel):
    """A tenant's row whose every state is kept by pghistory; `activity_id` names the act that made this state."""

    activity_id = models.BigIntegerField(null=True, editable=False)

    class Meta:
        abstract = True
