"""The proof that a client accepted a text, and that they took it back: written once, never changed."""

from django.db import models

from visita.foundation.tenant import TenantModel


class Acceptance(TenantModel):
    """A tick-box that was ticked: which text, as it was read, when, and from which address.

    `label` is the sentence beside the box, `text` the whole text in that language (empty for a file), `sha256` the
    hash of that text or of the PDF's bytes. `version` names the catalogue's own copy of the words.
    """

    visit_id = models.BigIntegerField()
    consent_id = models.BigIntegerField()
    version = models.IntegerField()
    purpose = models.CharField(max_length=12)
    language = models.CharField(max_length=8, blank=True)
    label = models.TextField()
    text = models.TextField(blank=True)
    file_hash = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    ip = models.GenericIPAddressField(null=True)
    source = models.CharField(max_length=32)
    activity_id = models.BigIntegerField(null=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["organization_id", "visit_id"], name="acceptance_visit")]

    def __str__(self) -> str:
        return f"{self.visit_id} accepted {self.consent_id} v{self.version}"


class Withdrawal(TenantModel):
    """An acceptance that its client took back: when, and from which address. The acceptance stays as it was."""

    acceptance_id = models.BigIntegerField()
    at = models.DateTimeField()
    ip = models.GenericIPAddressField(null=True)
    source = models.CharField(max_length=32)
    activity_id = models.BigIntegerField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization_id", "acceptance_id"], name="withdrawn_once")
        ]

    def __str__(self) -> str:
        return f"{self.acceptance_id} withdrawn"
