"""Models of scheduling."""

from visita.scheduling.models.allocation import Allocation, AllocationKind
from visita.scheduling.models.resource import Resource, ResourceLocation
from visita.scheduling.models.working import WorkingException, WorkingPattern

__all__ = [
    "Allocation",
    "AllocationKind",
    "Resource",
    "ResourceLocation",
    "WorkingException",
    "WorkingPattern",
]
