"""What an organization offers, and when it is free."""

from collections.abc import Sequence
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router
from ninja.params.functions import Query
from pydantic import Field

from visita.api.answers import answer, written
from visita.api.auth import anyone
from visita.api.fields import Day, Seats, UrlId
from visita.api.params import FROM, TO
from visita.api.public.catalogue import catalogue
from visita.api.public.schemas import AvailabilityOut, OrganizationOut
from visita.api.tenant import by_slug
from visita.bookings.answering import availability_json
from visita.bookings.availability import Ask, AskItem
from visita.bookings.spans import require_span
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope

router = Router(tags=["Organizations"], auth=anyone)

Language = Annotated[str, Field(max_length=12, pattern="^[A-Za-z-]*$")]
Who = UrlId | Literal["any"]
_SERVICES = Query(..., min_length=1, max_length=10)
_RESOURCES = Query(["any"], max_length=10)


@router.get("/organizations/{slug}", response=OrganizationOut, summary="What an organization offers")
def organization(request: HttpRequest, slug: str, language: Language = "") -> HttpResponse:
    """Name, zone, locations, specialties, services and resources that can be booked online. Texts come in `language`,
    else in the organization's own."""
    found = by_slug(request, slug, "read")
    with scope(found.pk):
        return answer(catalogue(found, language))


@router.get("/organizations/{slug}/availability", response=AvailabilityOut, summary="Free times")
def free_times(
    request: HttpRequest,
    slug: str,
    service: list[UrlId] = _SERVICES,
    resource: list[Who] = _RESOURCES,
    first: Day = FROM,
    last: Day = TO,
    location: UrlId | None = None,
    seats: Seats = 1,
) -> HttpResponse:
    """Free starts for each local date from `from` to `to` (inclusive, at most 92 days; 31 for three or four
    services, 7 for more).

    `service` may be repeated for a visit of several services, in order; `resource` is `any`, one id for all of them,
    or repeated once for each. `location` may be left out where there is only one.
    """
    found = by_slug(request, slug, "read")
    require_span(first, last, len(service))
    ask = Ask(location, _items(service, resource), first, last, seats)
    with scope(found.pk):
        return written(availability_json(ask))


def _items(services: Sequence[int], resources: Sequence[int | str]) -> tuple[AskItem, ...]:
    """Each service with its resource: one for all, or one for each."""
    if len(resources) == 1:
        resources = [resources[0]] * len(services)
    if len(resources) != len(services):
        raise Refusal("bad_resource", 422, _("Give one resource, or one for each service."), field="resource")
    pairs = zip(services, resources, strict=True)
    return tuple(AskItem(service, who if isinstance(who, int) else None) for service, who in pairs)
