"""Reads of calendars; all inside a scope. The hot ones of availability stand in `bookings`."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from visita.scheduling.errors import not_found
from visita.scheduling.models import Allocation, Resource, ResourceLocation, WorkingException, WorkingPattern
from visita.scheduling.models.allocation import LONGEST, AllocationKind


def resource(resource_id: int, *, archived: bool = False) -> Resource:
    """A resource at hand, or with `archived` also one put away; refuses not_found."""
    found = Resource.objects.filter(pk=resource_id).first()
    if found is None or (found.archived_at is not None and not archived):
        raise not_found()
    return found


def resources(location_id: int | None = None) -> list[Resource]:
    """Resources at hand, of one location or of all, in their order."""
    found = Resource.objects.filter(archived_at=None)
    if location_id is not None:
        here = ResourceLocation.objects.filter(location_id=location_id).values("resource_id")
        found = found.filter(pk__in=here)
    return list(found)


def patterns(resource_ids: Sequence[int], location_id: int | None = None) -> list[WorkingPattern]:
    """Weekly working time of the resources, at one location or at all."""
    found = WorkingPattern.objects.filter(resource_id__in=resource_ids)
    if location_id is not None:
        found = found.filter(location_id=location_id)
    return list(found.order_by("resource_id", "location_id", "valid_from", "weekday", "start"))


def exceptions(
    first: date, last: date, resource_ids: Sequence[int] | None = None, location_id: int | None = None
) -> list[WorkingException]:
    """Exceptions of the dates first..last: the resources' own and the locations' (closed days)."""
    found = WorkingException.objects.filter(date__gte=first, date__lte=last)
    if resource_ids is not None:
        found = found.filter(Q(resource_id__in=resource_ids) | Q(resource_id=None))
    if location_id is not None:
        found = found.filter(Q(location_id=location_id) | Q(location_id=None))
    return list(found.order_by("date", "resource_id", "location_id"))


def block(allocation_id: int) -> Allocation:
    """A living block; refuses not_found."""
    found = Allocation.objects.filter(pk=allocation_id, kind=AllocationKind.BLOCK, live=True).first()
    if found is None:
        raise not_found()
    return found


def blocks(resource_ids: Sequence[int], start: int, end: int) -> list[Allocation]:
    """Blocked times that touch the epoch minutes [start, end)."""
    found = Allocation.objects.filter(
        resource_id__in=resource_ids, live=True, s__lt=end, s__gte=start - LONGEST, e__gt=start
    )
    return list(found.filter(kind=AllocationKind.BLOCK).order_by("resource_id", "s"))
