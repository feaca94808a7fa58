"""The person who books, whom the visit is about, and the tokens both are found by."""

from django.db import models

from visita.foundation import clock
from visita.foundation.history import tracked
from visita.foundation.tenant import TenantModel, TrackedModel


@tracked()
class Client(TrackedModel):
    """A client. `phone` is as typed, `phone_e164` the match key (empty when it cannot be parsed).

    A record merged into another is archived and names it; its details still lead there."""

    first_name = models.CharField(max_length=120)
    last_name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    phone_e164 = models.CharField(max_length=16, blank=True)
    email = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=8, blank=True)
    note = models.TextField(blank=True)
    source = models.CharField(max_length=60, blank=True)
    external_id = models.CharField(max_length=120, null=True)
    version = models.IntegerField(default=1)
    created = models.DateTimeField(default=clock.now)
    archived_at = models.DateTimeField(null=True)
    merged_into_id = models.BigIntegerField(null=True)

    just_registered = False  # no column: true on the record that this call itself has made

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "source", "external_id"], name="client_external_once"
            )
        ]
        indexes = [
            models.Index(fields=["organization_id", "phone_e164"], name="client_phone"),
            models.Index(fields=["organization_id", "email"], name="client_email"),
            models.Index(fields=["organization_id", "last_name", "first_name", "id"], name="client_name"),
            models.Index(
                fields=["organization_id", "merged_into_id"],
                name="client_merged",
                condition=models.Q(merged_into_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class SearchKey(TenantModel):
    """A token a client is found by: a folded name part, the phone's digits reversed, the email (decisions 5, 6)."""

    client_id = models.BigIntegerField()
    key = models.CharField(max_length=254, db_collation="C")

    class Meta:
        indexes = [
            models.Index(fields=["organization_id", "key", "client_id"], name="search_key_prefix"),
            models.Index(fields=["organization_id", "client_id"], name="search_key_client"),
        ]

    def __str__(self) -> str:
        return self.key


@tracked()
class Subject(TrackedModel):
    """Whom or what visits are about: a pet, a child, a vehicle. `details` are the trade's own facts."""

    client_id = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    details = models.JSONField(default=dict)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organization_id", "client_id"], name="subject_client")]

    def __str__(self) -> str:
        return self.name


class SubjectKey(TenantModel):
    """A token a subject is found by: its name or plate in one piece, from one of its words on."""

    subject_id = models.BigIntegerField()
    key = models.CharField(max_length=120, db_collation="C")

    class Meta:
        indexes = [
            models.Index(fields=["organization_id", "key", "subject_id"], name="subject_key_prefix"),
            models.Index(fields=["organization_id", "subject_id"], name="subject_key_subject"),
        ]

    def __str__(self) -> str:
        return self.key
