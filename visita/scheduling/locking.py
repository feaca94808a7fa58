"""Row locks of this package's actions: resources last of all, each once, in the order of their ids (decision 18)."""

from collections.abc import Iterable

from visita.scheduling.errors import not_found
from visita.scheduling.models import Resource


def lock(resource_ids: Iterable[int]) -> dict[int, Resource]:
    """The resources by id, locked until commit; refuses not_found when one is unknown, foreign or archived."""
    wanted = set(resource_ids)
    rows = (
        Resource.objects.select_for_update(no_key=True).filter(pk__in=wanted, archived_at=None).order_by("id")
    )
    found = {row.pk: row for row in rows}
    if len(found) != len(wanted):
        raise not_found()
    return found
