"""What the details of a chosen time ask for, besides who and when: four small queries, inside a scope."""

from dataclasses import dataclass
from typing import Any

from visita.catalog import queries as catalog
from visita.catalog.asking import FieldRule
from visita.catalog.models import Service
from visita.tenancy import settings
from visita.web.front import ticks
from visita.web.front.flow import Flow
from visita.web.front.place import Place
from visita.web.front.ticks import Tick


@dataclass(frozen=True, slots=True)
class Asks:
    """`kinds` are whom or what the visit may be about, `kind_of` the kind that was chosen before (a dog); `show_*` what
    the summary tells."""

    fields: tuple[FieldRule, ...] = ()
    ticks: tuple[Tick, ...] = ()
    kinds: tuple[str, ...] = ()
    kind_of: str = ""
    show_length: bool = True
    show_person: bool = True


NOTHING = Asks()


def load(place: Place, flow: Flow) -> Asks:
    """For the flow's services at its location."""
    chosen = Service.objects.filter(pk__in={item.service for item in flow.items})
    services = list(chosen.values_list("pk", "specialty_id"))
    rows = place.rows

    def every(key: str) -> list[Any]:
        return [
            settings.value(rows, key, location=flow.location, specialty=specialty, service=service)
            for service, specialty in services
        ]

    asked = catalog.asked().at(flow.location, services)
    rules = tuple(rule for rule in asked.fields if rule.asks("client"))
    boxes = ticks.ticks(place, asked.consents) if all(every("ask_consents")) else []
    kinds = next((tuple(each) for each in every("booked_for")), ())
    return Asks(rules, tuple(boxes), kinds, flow.kind, all(every("show_length")), all(every("show_person")))
