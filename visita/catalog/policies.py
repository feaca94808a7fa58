"""Pure rules of the catalogue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from visita.catalog.errors import bad_hole, bad_party, marketing_is_free, no_choices, too_long_in_all
from visita.catalog.models.asking import ConsentPurpose, FieldKind
from visita.scheduling.models.allocation import LONGEST


@dataclass(frozen=True, slots=True)
class Offer:
    """A resource gives the service; `minutes` and `price_minor` (minor units) only where they differ."""

    resource_id: int
    minutes: int | None = None
    price_minor: int | None = None
    online: bool = True


@dataclass(frozen=True, slots=True)
class Need:
    """The service also needs one free resource out of these, for its whole time."""

    resource_ids: Sequence[int]
    name: Mapping[str, str] = field(default_factory=dict)


def consistent(service: Mapping[str, Any], base_minutes: int | None, capacity: int) -> None:
    """Fields that must fit each other; refuses bad_duration, bad_number. `base_minutes` of the specialty, if any."""
    minutes = service["minutes"] or (base_minutes or 0) * service["multiplier"]
    if minutes < 1:
        raise too_long_in_all(LONGEST)
    if minutes + service["buffer_before"] + service["buffer_after"] > LONGEST:
        raise too_long_in_all(LONGEST)
    after, hole = service["hole_after"], service["hole_minutes"]
    if bool(after) != bool(hole) or (hole and after + hole >= minutes):
        raise bad_hole()
    if service["max_party"] > (service["capacity"] or capacity):
        raise bad_party()


def answerable(kind: str, choices: Sequence[Any]) -> None:
    """A field to choose from has choices, no other has; refuses bad_choice."""
    if (kind == FieldKind.CHOICE) != bool(choices):
        raise no_choices()


def freely_given(purpose: str, required: bool) -> None:
    """Marketing is never a condition of a booking; refuses bad_choice."""
    if required and purpose == ConsentPurpose.MARKETING:
        raise marketing_is_free()
