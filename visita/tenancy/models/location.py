"""Where an organization works: each location has its own zone, and rules are told in its wall clock."""

from django.db import models

from visita.foundation.history import tracked
from visita.foundation.tenant import TrackedModel


@tracked()
class Location(TrackedModel):
    """A branch. `zone` is an IANA name; `journal_start`/`journal_end` are minutes of the day shown first."""

    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    city = models.CharField(max_length=120, blank=True)
    zone = models.CharField(max_length=64)
    phone = models.CharField(max_length=32, blank=True)
    email = models.CharField(max_length=254, blank=True)
    map_url = models.CharField(max_length=500, blank=True)
    journal_start = models.SmallIntegerField(default=480)
    journal_end = models.SmallIntegerField(default=1200)
    position = models.IntegerField(default=0)
    external_id = models.CharField(max_length=120, blank=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name
