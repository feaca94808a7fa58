"""Models of catalog."""

from visita.catalog.models.asking import (
    AskedOf,
    AskedWhere,
    BookingField,
    ConsentPurpose,
    ConsentText,
    ConsentVersion,
    FieldKind,
)
from visita.catalog.models.kind import Kind
from visita.catalog.models.path import Path
from visita.catalog.models.promotion import Promotion
from visita.catalog.models.service import Requirement, RequirementResource, Service, ServiceResource
from visita.catalog.models.specialty import Specialty

__all__ = [
    "AskedOf",
    "AskedWhere",
    "BookingField",
    "ConsentPurpose",
    "ConsentText",
    "ConsentVersion",
    "FieldKind",
    "Kind",
    "Path",
    "Promotion",
    "Requirement",
    "RequirementResource",
    "Service",
    "ServiceResource",
    "Specialty",
]
