"""What the details of a chosen time ask for, besides who and when: four small queries, inside a scope."""

from dataclasses import dataclass
from typing import Any

from visita.catalog import queries as catalog
from visita.catalog.asking import FieldRule
from visita.catalog.models import Service
from visita.tenancy import settings
from visita.web.front import ticks
from visita.web.front.asked_form import codes
from visita.web.front.flow import Flow
from visita.web.front.place import Place
from visita.web.front.ticks import Tick
from visita.web.front.whom import Comer


@dataclass(frozen=True, slots=True)
class Asks:
    """`kinds` are whom or what the visit may be about, `kind_of` the kind that was chosen before (a dog); `show_*` what
    the summary tells; `others` who comes besides the first; `before` the codes of fields that the path has asked already."""

    fields: tuple[FieldRule, ...] = ()
    ticks: tuple[Tick, ...] = ()
    kinds: tuple[str, ...] = ()
    kind_of: str = ""
    show_length: bool = True
    show_person: bool = True
    others: tuple[Comer, ...] = ()
    before: frozenset[str] = frozenset()


NOTHING = Asks()


def load(place: Place, flow: Flow) -> Asks:
    """For the flow's services at its location."""
    chosen = Service.objects.in_bulk({item.service for item in flow.items})
    found = [chosen[item.service] for item in flow.items if item.service in chosen]
    rows = place.rows

    def every(key: str) -> list[Any]:
        return [
            settings.value(rows, key, location=flow.location, specialty=each.specialty_id, service=each.pk)
            for each in found
        ]

    asked = catalog.asked().at(flow.location, [(each.pk, each.specialty_id) for each in found])
    rules = tuple(rule for rule in asked.fields if rule.asks("client"))
    boxes = ticks.ticks(place, asked.consents) if all(every("ask_consents")) else []
    kinds = next((tuple(each) for each in every("booked_for")), ())
    names = {each.pk: place.text(each.name) for each in found}
    return Asks(
        rules,
        tuple(boxes),
        kinds,
        flow.kind,
        all(every("show_length")),
        all(every("show_person")),
        _others(flow, kinds, names),
        _before(flow),
    )


def _before(flow: Flow) -> frozenset[str]:
    path = catalog.paths().get(flow.link) if flow.version else None
    return codes(path.steps) if path else frozenset()


def _others(flow: Flow, kinds: tuple[str, ...], names: dict[int, str]) -> tuple[Comer, ...]:
    """Who comes besides the first: those the services are for, who must be named; or a party's places, who may be.

    Where the organization asks for nobody but the one who books (`booked_for` is empty), the others are people.
    """
    if flow.subjects > 1:
        numbers = sorted({item.subject for item in flow.items} - {0})
        who, chips = kinds or ("person",), bool(kinds)
        return tuple(Comer(number, who, _services(flow, number, names), chips) for number in numbers)
    if not kinds:
        return ()
    only = "person" if "person" in kinds else kinds[0]
    return tuple(Comer(number, (only,), chips=False, must=False) for number in range(1, flow.seats))


def _services(flow: Flow, number: int, names: dict[int, str]) -> str:
    return ", ".join(names.get(item.service, "") for item in flow.items if item.subject == number)
