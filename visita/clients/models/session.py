"""A client signed in by a one-time code."""

from django.db import models

from visita.foundation.tenant import TenantModel


class ClientSession(TenantModel):
    """Who showed that a contact is theirs. Only the token's hash is kept; `contact` may belong to several clients."""

    token_hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=8)
    contact = models.CharField(max_length=254)
    created = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization_id", "token_hash"], name="client_session_once")
        ]

    def __str__(self) -> str:
        return self.kind
