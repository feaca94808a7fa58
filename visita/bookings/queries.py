"""Reads of visits: by manage link, by id, lists for staff and for the API. All inside a scope."""

import hmac
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from visita.activity.models import Activity
from visita.bookings import errors, signed, verbs
from visita.bookings.models import Appointment, Visit
from visita.clients.models import Client, Subject
from visita.foundation import clock, ids
from visita.scheduling.models import Allocation

# A manage link dies this long after the visit's end
LINK_LIVES = timedelta(days=30)
PAGE = 100
_LETTER = "visit"


@dataclass(frozen=True, slots=True)
class VisitView:
    """A visit with all that hangs on it; allocations are the live claims, buffers included."""

    visit: Visit
    appointments: list[Appointment]
    client: Client
    subject: Subject | None
    allocations: list[Allocation]

    @property
    def zone(self) -> ZoneInfo:
        """The location's zone as booked."""
        return ZoneInfo(self.visit.zone)

    def local(self, minute: int) -> datetime:
        """An epoch minute on the location's wall clock."""
        return datetime.fromtimestamp(minute * 60, self.zone)


def visit_by_token(code: str, token: str) -> VisitView:
    """The visit a manage link opens: the one its booking was answered with, or a letter's (`letter_token`).

    Refuses link_invalid alike for wrong, unknown and outlived links.
    """
    visit = Visit.objects.filter(code=ids.read_code(code)[:8]).first()
    known = visit.token_hash if visit else ids.digest("")
    answered = hmac.compare_digest(known, ids.digest(token))
    written = bool(signed.real(_LETTER, code, token))
    if visit is None or not (answered or written):
        raise errors.link_invalid()
    if clock.now() > clock.from_minute(visit.e) + LINK_LIVES:
        raise errors.link_invalid()
    return views([visit])[0]


def letter_token(code: str) -> str:
    """The token in the manage link of a letter: of the one the booking was answered with only a hash is kept."""
    return signed.secret(_LETTER, code)


def visit(visit_id: int) -> VisitView:
    """One visit; refuses not_found."""
    found = Visit.objects.filter(pk=visit_id).first()
    if found is None:
        raise errors.not_found()
    return views([found])[0]


@dataclass(frozen=True, slots=True)
class Page:
    """Some visits out of `count`."""

    visits: list[VisitView]
    page: int
    count: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.count // PAGE))


def moves_made(visits: Collection[int]) -> Counter[int]:
    """How often clients have moved each of the visits themselves."""
    mine = Activity.objects.filter(object_kind="visit", object_id__in=visits, actor_kind="client")
    return Counter(mine.filter(verb=verbs.MOVED).values_list("object_id", flat=True))


def visits(
    first: int | None, last: int | None, *, statuses: Sequence[str] = (), code: str = "", page: int = 1
) -> Page:
    """Visits that start in minutes [first, last), by start and id, 100 to a page (1 = first)."""
    rows = Visit.objects.order_by("s", "id")
    if first is not None:
        rows = rows.filter(s__gte=first)
    if last is not None:
        rows = rows.filter(s__lt=last)
    if statuses:
        rows = rows.filter(status__in=list(statuses))
    if code:
        rows = rows.filter(code=ids.read_code(code)[:8])
    return Page(views(rows[(page - 1) * PAGE : page * PAGE]), page, rows.count())


def views(rows: Iterable[Visit]) -> list[VisitView]:
    """The visits with their appointments, clients, subjects and live claims: four queries for any number."""
    found = list(rows)
    keys = [visit.pk for visit in found]
    appointments = list(Appointment.objects.filter(visit_id__in=keys).order_by("visit_id", "position", "id"))
    held = Allocation.objects.filter(appointment_id__in=[each.pk for each in appointments], live=True)
    allocations = list(held.defer("period").order_by("role", "resource_id", "s")) if appointments else []
    clients = Client.objects.in_bulk({visit.client_id for visit in found})
    subjects = Subject.objects.in_bulk({visit.subject_id for visit in found if visit.subject_id})
    return [_view(visit, appointments, allocations, clients, subjects) for visit in found]


def _view(
    visit: Visit,
    appointments: list[Appointment],
    allocations: list[Allocation],
    clients: dict[int, Client],
    subjects: dict[int, Subject],
) -> VisitView:
    own = [each for each in appointments if each.visit_id == visit.pk]
    keys = {each.pk for each in own}
    held = [each for each in allocations if each.appointment_id in keys]
    subject = subjects.get(visit.subject_id) if visit.subject_id else None
    return VisitView(visit, own, clients[visit.client_id], subject, held)
