"""Which view of the journal an address means, narrowed to whom; and how the next address is written."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from visita.bookings.journal import stats_of
from visita.catalog.models import ServiceResource
from visita.web.desk.frame import Frame
from visita.web.desk.reading import query

Fields = dict[str, Any]
NAMES = {"day": "day", "week": "week", "month": "month", "rooms": "rooms", "list": "list", "places": "places"}
PEOPLE = ("person",)


@dataclass(frozen=True, slots=True)
class Choice:
    """`resource` and `service` leave one calendar, or those who give the service; `finds` is the search that marks hits;
    `page` counts the locations of a chain, side by side, from 1."""

    view: str
    resource: int | None = None
    service: int | None = None
    finds: tuple[str, ...] = ()
    page: int = 1

    @property
    def narrows(self) -> int:
        """How many filters are set."""
        return (self.resource is not None) + (self.service is not None)

    @property
    def values(self) -> Fields:
        """The names and values an address carries besides place and date."""
        given = {"resource": self.resource, "service": self.service, "find": list(self.finds)}
        given["page"] = self.page if self.view == "places" and self.page > 1 else None
        return {name: value for name, value in given.items() if value}

    def url(self, place: Frame, when: date | None, **changes: Any) -> str:
        """The address of this view on a date (None = today) with other filters."""
        mine = replace(self, **changes)
        values = {
            "location": place.location.pk,
            **({"date": when.isoformat()} if when else {}),
            **mine.values,
        }
        return f"{place.url(NAMES[mine.view])}?{urlencode(values, doseq=True)}"

    def ids(self) -> set[int] | None:
        """The calendars that are left; None for all."""
        if self.resource is not None:
            return {self.resource}
        if self.service is None:
            return None
        giving = ServiceResource.objects.filter(service_id=self.service)
        return set(giving.values_list("resource_id", flat=True))

    def narrowed(self, found: Fields) -> Fields:
        """The day's data with the chosen columns only, and the figures of these."""
        ids = self.ids()
        if ids is None and self.view != "rooms":
            return found
        columns = [each for each in found["resources"] if self._keeps(each, ids)]
        shown = {each["id"] for each in columns}
        blocks = [each for each in found["blocks"] if each["resource"] in shown]
        return {**found, "resources": columns, "blocks": blocks, "stats": stats_of(columns, blocks)}

    def _keeps(self, column: Mapping[str, Any], ids: set[int] | None) -> bool:
        if self.view == "rooms" and column["kind"] in PEOPLE:
            return False
        return ids is None or column["id"] in ids


def read(request: HttpRequest, view: str) -> Choice:
    """The address's choice. Refuses bad_number."""
    values = query(request)
    finds = tuple(each[:200] for each in request.GET.getlist("find")[:20])
    page = (values.number("page") if view == "places" else None) or 1
    return Choice(view, values.number("resource"), values.number("service"), finds, page)


def of_week(first: date, place: Frame) -> date:
    """The date a link to the week that begins on `first` carries: the chosen day or today if it holds them."""
    return next((day for day in (place.day, place.today) if 0 <= (day - first).days < 7), first)


def allowed(ids: set[int] | None, only: int | None) -> set[int] | None:
    """What is left of the chosen calendars for somebody who may see one calendar alone."""
    if only is None:
        return ids
    return {only} if ids is None or only in ids else set()
