"""What a booking asks, as plain rules: which fields and consents hold for a place, some services and a door.

The two SQL pieces stand in larger statements (`bookings.rules` reads them with all else a booking needs), so that a
booking asks no further query for them. They take the parameter `o`, the organization.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from visita.catalog.models.asking import AskedOf
from visita.tenancy import settings

# whether tick-boxes are asked for at all: a site that embeds the pages may have its own (ORG-10)
settings.declare("ask_consents", bool, True)
# what the summary before confirming tells (CB-05)
settings.declare("show_length", bool, True)
settings.declare("show_person", bool, True)
# whether clients are offered several services in one visit (BK-04)
settings.declare("several_services", bool, True)

PEOPLE: Final = ("child", "person")
THINGS: Final = ("pet", "vehicle")


def _known(value: list[Any]) -> bool:
    return all(each in (*PEOPLE, *THINGS) for each in value) and len(set(value)) == len(value)


# For whom clients may book besides themselves; a pet or a vehicle is then always asked for (BY-14).
settings.declare("booked_for", list, [], 0, len(PEOPLE + THINGS), _known)

Door = Literal["client", "staff"]
Service = tuple[int, int | None]
"""A service's id and its specialty's."""

_WHERE = """(SELECT json_agg(json_build_array(w.location_id, w.specialty_id, w.service_id)) FROM catalog_askedwhere w
      WHERE w.organization_id = %(o)s AND w.{column} = x.id)"""

FIELDS: Final = f"""(SELECT json_agg(json_build_object('id', x.id, 'code', x.code, 'label', x.label, 'hint', x.hint,
      'kind', x.kind, 'choices', x.choices, 'required', x.required, 'asked_of', x.asked_of, 'version', x.version,
      'where', {_WHERE.format(column="field_id")}) ORDER BY x.position, x.id)
    FROM catalog_bookingfield x WHERE x.organization_id = %(o)s AND x.archived_at IS NULL)"""

CONSENTS: Final = f"""(SELECT json_agg(json_build_object('id', x.id, 'version', x.version, 'purpose', x.purpose,
      'required', x.required, 'where', {_WHERE.format(column="consent_id")}) ORDER BY x.position, x.id)
    FROM catalog_consenttext x WHERE x.organization_id = %(o)s AND x.archived_at IS NULL)"""


@dataclass(frozen=True, slots=True)
class Where:
    """A place where something is asked: each id that is set must fit."""

    location: int | None
    specialty: int | None
    service: int | None

    def fits(self, location: int, services: Iterable[Service]) -> bool:
        """Whether it holds at the location for any of the services."""
        if self.location not in (None, location):
            return False
        return any(
            self.service in (None, service) and self.specialty in (None, specialty)
            for service, specialty in services
        )


@dataclass(frozen=True, slots=True)
class FieldRule:
    """A question with its limits; `choices` are `{code, label}`, texts `{language: text}`."""

    id: int
    code: str
    label: dict[str, str]
    hint: dict[str, str]
    kind: str
    choices: tuple[Mapping[str, Any], ...]
    required: bool
    asked_of: str
    version: int
    where: tuple[Where, ...]

    def asks(self, door: Door) -> bool:
        """Whether whoever comes by this door may answer it; staff may answer all."""
        return door == "staff" or self.asked_of != AskedOf.STAFF

    def must(self, door: Door) -> bool:
        """Whether that one has to."""
        return self.required and self.asked_of in (door, AskedOf.BOTH)


@dataclass(frozen=True, slots=True)
class ConsentRule:
    """A tick-box by id and present version."""

    id: int
    version: int
    purpose: str
    required: bool
    where: tuple[Where, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """All a business asks, in its order."""

    fields: tuple[FieldRule, ...] = ()
    consents: tuple[ConsentRule, ...] = ()

    def at(self, location: int, services: Sequence[Service]) -> "Asked":
        """What of it holds for a visit of these services there."""
        return Asked(
            tuple(each for each in self.fields if _holds(each.where, location, services)),
            tuple(each for each in self.consents if _holds(each.where, location, services)),
        )


def read(fields: list[dict[str, Any]] | None, consents: list[dict[str, Any]] | None) -> Asked:
    """The rules of the two SQL pieces' answers."""
    return Asked(
        tuple(
            FieldRule(**{**row, "choices": tuple(row["choices"]), "where": _places(row["where"])})
            for row in fields or ()
        ),
        tuple(ConsentRule(**{**row, "where": _places(row["where"])}) for row in consents or ()),
    )


def _places(rows: list[list[int | None]] | None) -> tuple[Where, ...]:
    return tuple(Where(*row) for row in rows or ())


def _holds(where: tuple[Where, ...], location: int, services: Sequence[Service]) -> bool:
    return not where or any(each.fits(location, services) for each in where)
