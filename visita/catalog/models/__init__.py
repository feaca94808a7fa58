"""Models of catalog."""

from visita.catalog.models.service import Requirement, RequirementResource, Service, ServiceResource
from visita.catalog.models.specialty import Specialty

__all__ = ["Requirement", "RequirementResource", "Service", "ServiceResource", "Specialty"]
