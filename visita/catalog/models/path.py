"""An organization's own way to a booking: which steps appear and in what order, with steps of its own between."""

from django.db import models

from visita.foundation.history import tracked
from visita.foundation.tenant import TrackedModel


@tracked()
class Path(TrackedModel):
    """A booking path. `link` names it in an address (`/b/{link}/`); the empty one is the organization's own.

    `steps` are `{"step": …}` in order (`catalog.paths.STEPS`); `version` is raised by every change, and a visit keeps
    the path and version it went through (decision 37).
    """

    link = models.CharField(max_length=60, blank=True)
    name = models.JSONField(default=dict)
    steps = models.JSONField(default=list)
    version = models.IntegerField(default=1)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "link"], condition=models.Q(archived_at=None), name="path_link"
            ),
        ]

    def __str__(self) -> str:
        return self.link or "own"
