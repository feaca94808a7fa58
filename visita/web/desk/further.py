"""The further services of a new visit, as a proposal brought them: booked with the first one, all or nothing."""

from typing import Any

from visita.bookings.requests import Item
from visita.catalog.models import Service
from visita.scheduling.models import Resource
from visita.web.desk.frame import Frame
from visita.web.desk.reading import Body


def items(sent: Body) -> tuple[Item, ...]:
    """`further`: a list of `service`, `resource`, `start`."""
    return tuple(
        Item(one.required("service"), one.number("resource"), one.instant("start"))
        for one in sent.rows("further")
    )


def lines(sent: Body, place: Frame) -> list[dict[str, Any]]:
    """The same in words. Inside a scope."""
    found = items(sent)
    services = {
        row.pk: place.text(row.name)
        for row in Service.objects.filter(pk__in=[one.service_id for one in found])
    }
    people = {
        row.pk: str(row) for row in Resource.objects.filter(pk__in=[one.resource_id or 0 for one in found])
    }
    return [
        {
            "time": place.formats.time(one.start.astimezone(place.zone)),
            "service": services.get(one.service_id, ""),
            "who": people.get(one.resource_id or 0, ""),
        }
        for one in found
    ]
