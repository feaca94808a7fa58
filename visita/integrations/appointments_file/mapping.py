"""The mapping: what the columns mean, how values are written, and what is made where it is missing.

docs/howto/import-appointments.md shows every key with an example.
"""

import codecs
from dataclasses import dataclass, fields
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from visita.bookings.models import VisitStatus
from visita.integrations.appointments_file.plans import Founding, LocationPlan, ServicePlan, plan_of, plans_in
from visita.integrations.appointments_file.problems import Unusable
from visita.integrations.appointments_file.tables import Source, Table

STATUSES = (VisitStatus.CONFIRMED, VisitStatus.COMPLETED, VisitStatus.NO_SHOW, VisitStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class Columns:
    """The file's name for each thing we read; None = the file does not have it."""

    external_id: str
    booked_at: str
    location: str | None = None
    client_id: str | None = None
    client_name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    phone: str | None = None
    email: str | None = None
    day: str | None = None
    start: str | None = None
    status: str | None = None
    note: str | None = None

    def used(self) -> dict[str, str]:
        """Our name → the file's, for the columns that are read."""
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {ours: theirs for ours, theirs in pairs if theirs is not None}


@dataclass(frozen=True, slots=True)
class Formats:
    """How times are written: strptime formats, or None for ISO 8601."""

    booked_at: str | None = None
    day: str | None = None
    start: str | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    """All that the mapping says, typed and checked against itself (not yet against a file)."""

    file: Path
    source: str
    encoding: str
    delimiter: str
    columns: Columns
    formats: Formats
    statuses: dict[str, str]
    client_name: str
    founding: Founding | None
    service: ServicePlan
    location: LocationPlan
    locations: dict[str, LocationPlan]

    def plan(self, location: str) -> LocationPlan:
        """What is made for a location that the file names and we do not have."""
        return self.locations.get(location, self.location)


def read(file: Path) -> Mapping:
    """The mapping in a TOML file; raises Unusable with every reason found."""
    source = Source(file)
    top = Table(source, "", source.values)
    about, locations, service = top.table("file"), top.table("locations"), top.table("service")
    general = plan_of(locations, None)
    mapping = Mapping(
        file=file,
        source=about.text("source", most=32),
        encoding=about.parsed("encoding", _encoding, "utf-8"),
        delimiter=about.character("delimiter", ","),
        columns=_columns(top.table("columns")),
        formats=_formats(top.table("formats")),
        statuses=_statuses(top.table("status")),
        client_name=_client_name(top.table("clients")),
        founding=_founding(top.table("organization")),
        service=ServicePlan.read(service),
        location=general,
        locations=plans_in(locations.table("named"), general),
    )
    for table in (top, about, locations, service):
        table.close()
    _check(source, mapping)
    if source.problems:
        raise Unusable(source.problems)
    return mapping


def _check(source: Source, mapping: Mapping) -> None:
    columns = mapping.columns
    if (columns.day is None) == (columns.start is None):
        source.wrong("columns", "day", _("name either a day or a start column"))
    if not (columns.client_id or columns.client_name or columns.first_name):
        source.wrong(
            "columns", "client_id", _("name a column for the client: client_id, client_name or first_name")
        )
    if columns.status and not mapping.statuses:
        source.wrong("status", "", _("say what the values of the status column mean"))
    if not columns.location and not mapping.location.name:
        source.wrong("columns", "location", _("name a column, or give [locations] a name"))


def _columns(table: Table) -> Columns:
    optional = [field.name for field in fields(Columns) if field.name not in ("external_id", "booked_at")]
    found = {name: table.text(name, "") or None for name in optional}
    columns = Columns(table.text("external_id"), table.text("booked_at"), **found)
    table.close()
    return columns


def _formats(table: Table) -> Formats:
    found = {field.name: table.text(field.name, "") or None for field in fields(Formats)}
    table.close()
    return Formats(**found)


def _statuses(table: Table) -> dict[str, str]:
    found = dict(table.items(str))
    for value, status in found.items():
        if status not in STATUSES:
            table.wrong(value, _("is none of %s") % ", ".join(STATUSES))
    return found


def _client_name(table: Table) -> str:
    name = table.text("name", "{client_id}", most=80)
    table.close()
    return name


def _founding(table: Table) -> Founding | None:
    if not table:
        return None
    founding = Founding.read(table, table.parsed("zone", zone, "UTC"))
    table.close()
    return founding


def zone(name: str) -> str:
    """The name of a zone that exists."""
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(_("there is no time zone %r") % name) from error


def _encoding(name: str) -> str:
    found = codecs.lookup(name).name
    "".encode(found)  # LookupError for codecs that are no text encodings
    return (
        "utf-8-sig" if found == "utf-8" else found
    )  # a mark at the start is no part of the first column's name
