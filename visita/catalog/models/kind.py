"""Kinds of subject an organization works with: dog, cat, car. Which service, person or place is for which is a setting."""

from django.db import models

from visita.foundation.history import tracked
from visita.foundation.tenant import TrackedModel


@tracked()
class Kind(TrackedModel):
    """A kind of subject. `code` stands in subjects and addresses, `name` is `{language: text}`."""

    code = models.CharField(max_length=40)
    name = models.JSONField(default=dict)
    position = models.IntegerField(default=0)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organization_id", "code"], name="subject_kind_code"),
        ]

    def __str__(self) -> str:
        return self.code
