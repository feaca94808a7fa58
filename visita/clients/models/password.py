"""A password a client chose, where the organization lets clients have one."""

from django.db import models

from visita.foundation.tenant import TenantModel


class ClientPassword(TenantModel):
    """`contact` is a keyed hash of the phone or email it signs in with, `digest` the password as Django keeps it."""

    contact = models.CharField(max_length=64)
    digest = models.CharField(max_length=200)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization_id", "contact"], name="client_password_once")
        ]

    def __str__(self) -> str:
        return f"{self.set_at:%Y-%m-%d}"
