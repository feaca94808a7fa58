"""Where a field or a consent is asked: rows that hang on it and are written with it."""

from collections.abc import Sequence

from visita.catalog.asking import Where
from visita.catalog.errors import not_found
from visita.catalog.models import AskedWhere, Service, Specialty
from visita.foundation.tenant import TenantModel
from visita.tenancy.models import Location


def write(where: Sequence[Where], *, field_id: int | None = None, consent_id: int | None = None) -> None:
    """Asked exactly there; an empty list means everywhere. Refuses not_found for unknown and foreign ids."""
    _known(Location, [each.location for each in where])
    _known(Specialty, [each.specialty for each in where])
    _known(Service, [each.service for each in where])
    AskedWhere.objects.filter(field_id=field_id, consent_id=consent_id).delete()
    AskedWhere.objects.bulk_create(
        AskedWhere(
            field_id=field_id,
            consent_id=consent_id,
            location_id=each.location,
            specialty_id=each.specialty,
            service_id=each.service,
        )
        for each in dict.fromkeys(where)
    )


def _known(model: type[TenantModel], ids: list[int | None]) -> None:
    wanted = {each for each in ids if each is not None}
    if wanted and model.objects.filter(pk__in=wanted).count() != len(wanted):
        raise not_found()
