"""The tenant: what must be readable before a scope is known, and, behind the wall, all the rest."""

from django.db import models

from visita.foundation import ids
from visita.foundation.history import tracked
from visita.foundation.tenant import TrackedModel


class Organization(models.Model):
    """The tenant itself. The only tenant facts without a policy: ids, slug, zone, status."""

    public_id = models.CharField(max_length=8, unique=True, default=ids.code)
    slug = models.CharField(max_length=40, unique=True)
    zone = models.CharField(max_length=64)
    status = models.CharField(max_length=16, default="active")

    def __str__(self) -> str:
        return self.slug


class FormerSlug(models.Model):
    """A name the organization had: it redirects to the present one."""

    slug = models.CharField(max_length=40, unique=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="former_slugs")

    def __str__(self) -> str:
        return self.slug


@tracked()
class Profile(TrackedModel):
    """How the organization presents itself; one row per organization.

    `notice` stands on the first client page, `confirmation` where a booking is confirmed.
    """

    name = models.CharField(max_length=200)
    trade = models.CharField(max_length=40)
    language = models.CharField(max_length=8, default="en")
    languages = models.JSONField(default=list)
    currency = models.CharField(max_length=3, default="EUR")
    country = models.CharField(max_length=2)
    phone = models.CharField(max_length=32, blank=True)
    email = models.CharField(max_length=254, blank=True)
    accent = models.CharField(max_length=7, blank=True)
    notice = models.JSONField(default=dict)
    policy = models.JSONField(default=dict)
    confirmation = models.JSONField(default=dict, db_default={})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization_id"], name="profile_one_per_organization")
        ]

    def __str__(self) -> str:
        return self.name
