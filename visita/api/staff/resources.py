"""Resources for programs of the staff: listed, read, added, changed."""

from collections import defaultdict
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from ninja import Router

from visita.api.answers import answer
from visita.api.auth import StaffKey, caller
from visita.api.fields import UrlId
from visita.api.once import repeatable
from visita.api.params import IF_MATCH
from visita.api.staff.cards import NewResourceIn, ResourceChangeIn, ResourcesOut, StaffResourceOut
from visita.api.staff.showing import Fields
from visita.api.staff.versions import etag, if_match
from visita.foundation.scope import scope
from visita.identity import rights
from visita.scheduling import actions, queries
from visita.scheduling.models import Resource, ResourceLocation

router = Router(tags=["Resources"])

_FIELDS = (
    "id", "version", "kind", "name", "title", "occupation", "color", "position", "online", "in_journal", "external_id",
)  # fmt: skip


@router.get(
    "/resources", auth=StaffKey(rights.WORKING_TIME_SEE), response=ResourcesOut, summary="List resources"
)
def resources(request: HttpRequest, location: UrlId | None = None) -> HttpResponse:
    """Everybody and everything with a calendar, hidden ones included; of one location if it is named."""
    with scope(caller(request).organization_id):
        return answer({"resources": _shown(queries.resources(location))})


@router.post(
    "/resources",
    auth=StaffKey(rights.RESOURCES_CHANGE),
    response={201: StaffResourceOut},
    summary="Add a resource",
)
@repeatable
def add(request: HttpRequest, body: NewResourceIn) -> HttpResponse:
    """A calendar at these locations; its working time is set apart, at each of them."""
    who = caller(request)
    fields = body.model_dump(exclude={"locations"})
    made = actions.add_resource(who.organization_id, **fields, location_ids=body.locations, actor=who.actor)
    return _answer(who.organization_id, made.pk, 201)


@router.get(
    "/resources/{resource_id}",
    auth=StaffKey(rights.WORKING_TIME_SEE),
    response=StaffResourceOut,
    summary="One resource",
)
def resource(request: HttpRequest, resource_id: UrlId) -> HttpResponse:
    """Its version is also the ETag."""
    return _answer(caller(request).organization_id, resource_id)


@router.patch(
    "/resources/{resource_id}",
    auth=StaffKey(rights.RESOURCES_CHANGE),
    response=StaffResourceOut,
    summary="Change a resource",
)
def change(
    request: HttpRequest,
    body: ResourceChangeIn,
    resource_id: UrlId,
    version: str | None = IF_MATCH,
) -> HttpResponse:
    """What is left out or null stays."""
    who, read = caller(request), if_match(request)
    changes = body.model_dump(exclude_none=True)
    actions.change_resource(who.organization_id, resource_id, changes, actor=who.actor, version=read)
    return _answer(who.organization_id, resource_id)


def _answer(organization_id: int, resource_id: int, status: int = 200) -> HttpResponse:
    with scope(organization_id):
        found = queries.resource(resource_id)
        shown = _shown([found])[0]
    return answer(shown, status, ETag=etag(found.version))


def _shown(found: Sequence[Resource]) -> list[Fields]:
    places: dict[int, list[int]] = defaultdict(list)
    rows = ResourceLocation.objects.filter(resource_id__in=[each.pk for each in found])
    for resource_id, location in rows.order_by("location_id").values_list("resource_id", "location_id"):
        places[resource_id].append(location)
    return [
        {**{name: getattr(each, name) for name in _FIELDS}, "locations": places[each.pk]} for each in found
    ]
