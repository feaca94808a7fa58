"""One-time codes, and the patience with whoever types wrong ones."""

from django.db import models

from visita.foundation.tenant import TenantModel


class OneTimeCode(TenantModel):
    """The one live code of a contact for a purpose: a new one takes its place.

    `contact`, `challenge` and `digest` are keyed hashes; `challenge` is the page that asked, `digest` the code with it.
    """

    purpose = models.CharField(max_length=20)
    contact = models.CharField(max_length=64)
    challenge = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    attempts = models.SmallIntegerField()
    created = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization_id", "purpose", "contact"], name="code_one_live")
        ]

    def __str__(self) -> str:
        return self.purpose


class CodePatience(TenantModel):
    """Wrong tries at a contact's codes. Every tenth makes the next wait longer, and a day of quiet forgets them."""

    contact = models.CharField(max_length=64)
    wrong = models.IntegerField(default=0)
    last = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization_id", "contact"], name="code_patience_once")
        ]

    def __str__(self) -> str:
        return str(self.wrong)
