"""Somebody waits at some of the examples: for evenings, for a Saturday, and one would come earlier than booked."""

from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from visita.bookings.actions import WaitRequest, join, wish_earlier
from visita.bookings.models import Visit, VisitStatus, Waiting
from visita.bookings.waitlist.windows import Window
from visita.catalog.models import Service, ServiceResource
from visita.clients.models import Client
from visita.demo.plan import Business
from visita.foundation import clock
from visita.foundation.actor import SYSTEM
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.tenancy.actions import set_setting
from visita.tenancy.models import Location, Organization

# at the clinic offers go out by themselves, one after the other; at the salon the reception chooses
_MODES: Final = {"meridian": "in_turn", "siluet": "by_staff"}
_WEEKEND: Final = (5, 6)
_EVENING: Final = ((17 * 60, 1440),)


def ensure(business: Business, organization: Organization) -> None:
    """Put them there, unless somebody waits already; what is refused (nothing to book there) is left out."""
    if business.slug not in _MODES:
        return
    with scope(organization.pk):
        today = clock.now().astimezone(ZoneInfo(business.zone)).date()
        if Waiting.objects.filter(status="waiting", last_day__gte=today).exists():
            return
        people = list(Client.objects.exclude(phone_e164="").order_by("id").values_list("pk", flat=True)[:12])
        place = Location.objects.order_by("id").values_list("pk", flat=True).first()
        able = dict(ServiceResource.objects.order_by("-id").values_list("service_id", "resource_id"))
        kinds = Service.objects.filter(pk__in=able, kind="appointment", online=True, archived_at=None)
        services = list(kinds.order_by("id").values_list("pk", flat=True)[:3])
        soon = _booked_soon()
    if business.slug != "meridian":
        set_setting(organization.pk, "waitlist_mode", _MODES[business.slug], actor=SYSTEM)
    windows = (
        Window(today, today + timedelta(days=7), (), _EVENING),
        Window(today, today + timedelta(days=28), _WEEKEND),
        Window(today + timedelta(days=1), today + timedelta(days=4)),
    )
    for number, (client, service, window) in enumerate(zip(people[3:], services, windows, strict=False)):
        resource = able[service] if number == 2 else None
        wish = WaitRequest(((service, resource),), window, client_id=client, location_id=place, staff=True)
        try:
            join(organization.pk, wish, SYSTEM)
        except Refusal:
            continue
    if soon is not None:
        wish_earlier(organization.pk, soon, SYSTEM, anyone=True)


def _booked_soon() -> int | None:
    """A visit some days ahead whose client would come earlier."""
    from_, until = clock.minute() + 3 * 1440, clock.minute() + 9 * 1440
    found = Visit.objects.filter(status=VisitStatus.CONFIRMED, s__gt=from_, s__lt=until, seats=1)
    return found.order_by("s", "id").values_list("pk", flat=True).first()
