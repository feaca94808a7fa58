"""Who looked at whose data: noted where it is health data, shown to those who answer for it."""

from dataclasses import dataclass

from visita.activity import reading
from visita.tenancy import queries, settings
from visita.web.components import trades
from visita.web.desk.frame import Frame

settings.declare("log_readings", str, "", 0, 3, lambda value: value in ("", "on", "off"))


@dataclass(frozen=True, slots=True)
class Read:
    """Somebody, and the hour in which they looked."""

    who: str
    when: str


def logged(place: Frame) -> bool:
    """As the setting says, else where the trade is of health."""
    chosen = settings.value(queries.setting_rows(), "log_readings")
    return chosen == "on" or (chosen == "" and trades.health(place.profile.trade))


def note(place: Frame, kind: str, pk: int) -> None:
    """The guest looks at the object; inside a scope."""
    if logged(place):
        reading.note(kind, pk, place.guest.actor)


def told(place: Frame, **objects: list[int]) -> list[Read]:
    """Who looked at these (ids by kind), the latest first."""
    return [
        Read(row.actor_label, place.formats.moment(row.hour.astimezone(place.zone)))
        for row in reading.of(objects)
    ]
