"""What a visit consists of and comes to: its services changed as a whole, discounts given and taken back."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from visita.api import problems
from visita.api.auth import StaffKey, caller
from visita.api.fields import UrlId
from visita.api.once import repeatable
from visita.api.params import IF_MATCH
from visita.api.staff.schemas import DiscountIn, ServicesIn, VisitOut
from visita.api.staff.versions import if_match
from visita.api.staff.visits import require_rights, visit_answer
from visita.api.times import check_offset
from visita.bookings import actions
from visita.bookings.actions import DiscountWish
from visita.bookings.models import Visit
from visita.bookings.requests import PartWish, ServicesRequest
from visita.foundation.scope import scope
from visita.identity import rights

router = Router(tags=["Steps of a visit"])


@router.put(
    "/visits/{visit_id}/services",
    auth=StaffKey(rights.VISITS_CHANGE),
    response=VisitOut,
    summary="Change the services of a visit",
)
def services(
    request: HttpRequest, body: ServicesIn, visit_id: UrlId, version: str | None = IF_MATCH
) -> HttpResponse:
    """All services as they shall be: with `appointment` one that stays, without it a new one; the others are removed.
    A place in a class says the `start` of its date."""
    who = caller(request)
    require_rights(who, body)
    read = if_match(request)
    with scope(who.organization_id):
        zone = Visit.objects.filter(pk=visit_id).values_list("zone", flat=True).first()
    if zone is None:
        raise problems.not_found()
    for each in body.services:
        if each.start is not None:
            check_offset(each.start, zone, "services")
    parts = tuple(
        PartWish(each.service, each.appointment, each.resource, each.start, each.minutes)
        for each in body.services
    )
    wanted = ServicesRequest(parts, read, force=body.force, warned=body.warned, override=body.override)
    actions.change_services(who.organization_id, visit_id, wanted, who.actor)
    return visit_answer(who, visit_id)


@router.post(
    "/visits/{visit_id}/discounts",
    auth=StaffKey(rights.VISITS_DISCOUNT),
    response=VisitOut,
    summary="Give a discount",
)
@repeatable
def discount(
    request: HttpRequest, body: DiscountIn, visit_id: UrlId, version: str | None = IF_MATCH
) -> HttpResponse:
    """A percentage of the prices before discounts, or an amount in minor units; with a reason that stays readable."""
    who = caller(request)
    wish = DiscountWish(body.reason, body.percent, body.amount_minor)
    actions.discount(who.organization_id, visit_id, wish, who.actor, version=if_match(request))
    return visit_answer(who, visit_id)


@router.delete(
    "/visits/{visit_id}/discounts/{number}",
    auth=StaffKey(rights.VISITS_DISCOUNT),
    response=VisitOut,
    summary="Take a discount back",
)
def take_back(
    request: HttpRequest, visit_id: UrlId, number: UrlId, version: str | None = IF_MATCH
) -> HttpResponse:
    """By its number in the visit."""
    who = caller(request)
    actions.take_back_discount(who.organization_id, visit_id, number, who.actor, version=if_match(request))
    return visit_answer(who, visit_id)
