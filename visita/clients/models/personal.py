"""What some trades must know of a person beyond name and contact."""

from django.db import models

from visita.foundation.history import tracked
from visita.foundation.tenant import TrackedModel


@tracked()
class PersonalData(TrackedModel):
    """At most one row a client. `tax_code` is checked for `tax_country` where its rule is known."""

    client_id = models.BigIntegerField()
    birth_date = models.DateField(null=True)
    tax_code = models.CharField(max_length=32, blank=True)
    tax_country = models.CharField(max_length=2, blank=True)
    address = models.CharField(max_length=300, blank=True)
    postal_code = models.CharField(max_length=16, blank=True)
    city = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization_id", "client_id"], name="personal_one_per_client")
        ]

    def __str__(self) -> str:
        return f"{self.client_id}"
