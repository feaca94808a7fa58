"""The words behind the ids of a table's rows, read once for the whole page or file."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.numbers import get_currency_precision

from visita.bookings.table import Row
from visita.catalog.models import Service, Specialty
from visita.clients.models import Subject
from visita.foundation import clock
from visita.identity import rights
from visita.scheduling.models import Resource
from visita.tenancy.models import Location
from visita.web.desk.frame import Frame
from visita.web.desk.labels import door, statuses


@dataclass(frozen=True, slots=True)
class Names:
    """Id → name in the reader's language, archived ones too; `phones`: whether the reader may see phones and emails;
    `schemes` the marks where visits are marked;
    `subjects` whether anybody comes with a pet, a child or a vehicle.
    """

    locations: dict[int, str]
    specialties: dict[int, str]
    services: dict[int, str]
    resources: dict[int, str]
    phones: bool
    schemes: list[tuple[str, str]]
    subjects: bool
    statuses: dict[str, str] = field(
        default_factory=lambda: {key: str(word) for key, word in statuses().items()}
    )
    doors: dict[str, str] = field(
        default_factory=dict
    )  # words of sources, as rows need them: a file has many rows

    @classmethod
    def load(cls, place: Frame) -> "Names":
        """Five short reads; inside a scope."""
        return cls(
            {each.pk: each.name for each in Location.objects.all()},
            {each.pk: place.text(each.name) for each in Specialty.objects.all()},
            {each.pk: place.text(each.name) for each in Service.objects.all()},
            {each.pk: str(each) for each in Resource.objects.all()},
            place.guest.may(rights.CLIENTS_PHONES),
            place.schemes,
            Subject.objects.exists(),
        )

    def wall(self, row: Row, minute: int) -> datetime:
        """An epoch minute on the clock of the visit's place."""
        return self.local(row, clock.from_minute(minute))

    def local(self, row: Row, instant: datetime) -> datetime:
        """An instant on the clock of the visit's place."""
        return instant.astimezone(ZoneInfo(row.zone))

    def amount(self, minor: int | None, row: Row) -> float | None:
        """An amount of a row in major units, as a sheet adds it up."""
        return None if minor is None else float(minor / 10 ** get_currency_precision(row.currency))

    def source(self, source: str) -> str:
        """The door a visit came by, in words."""
        return self.doors.get(source) or self.doors.setdefault(source, door(source))
