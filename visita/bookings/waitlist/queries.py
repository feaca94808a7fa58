"""Who waits, in the order of their turn; what was offered to them, and why something was not. All inside a scope."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from visita.bookings import errors
from visita.bookings.models import Offer, OfferStatus, Skip, Waiting, WaitingStatus
from visita.foundation import clock

MOST = 1000


def line(location_id: int, first: date, last: date, *, only: int | None = None) -> list[Waiting]:
    """Those who wait at a location for a day among first..last: earlier wishes, then staff's order, then age."""
    found = Waiting.objects.filter(
        status=WaitingStatus.WAITING, location_id=location_id, first_day__lte=last, last_day__gte=first
    )
    if only is not None:
        found = found.filter(pk=only)
    return _ordered(found)


def _ordered(found: "QuerySet[Waiting]") -> list[Waiting]:
    rows = list(found.order_by("-rank", "id")[:MOST])
    return sorted(rows, key=lambda row: row.visit_id is None)  # stable: the order within both stays


def waiting(waiting_id: int) -> Waiting:
    """One entry; refuses not_found."""
    found = Waiting.objects.filter(pk=waiting_id).first()
    if found is None:
        raise errors.not_found()
    return found


def of_visit(visit_id: int) -> Waiting | None:
    """The wish to have this visit earlier."""
    return Waiting.objects.filter(visit_id=visit_id, status=WaitingStatus.WAITING).first()


def of_client(client_id: int) -> list[Waiting]:
    """What a client waits for."""
    today = clock.now().date() - timedelta(days=1)
    return list(
        Waiting.objects.filter(
            client_id=client_id, status=WaitingStatus.WAITING, last_day__gte=today
        ).order_by("id")
    )


def every_of_client(client_id: int) -> list[Waiting]:
    """All that a client ever waited for, in its order."""
    return list(Waiting.objects.filter(client_id=client_id).order_by("id"))


def open_offer(waiting_id: int) -> Offer | None:
    """The offer that waits for an answer."""
    return Offer.objects.filter(waiting_id=waiting_id, status=OfferStatus.OPEN).first()


def last_offer(waiting_id: int) -> Offer | None:
    """The latest offer, however it ended."""
    return Offer.objects.filter(waiting_id=waiting_id).order_by("-id").first()


@dataclass(frozen=True, slots=True)
class Filter:
    """What the desk's list shows. `state`: waiting, offered, past (ended or run out) or all."""

    state: str = "waiting"
    location_id: int | None = None
    service_id: int | None = None
    resource_id: int | None = None
    day: date | None = None


def listed(wanted: Filter, today: date, most: int = 200) -> list[Waiting]:
    """Entries for the list, in the order of their turn; those of the past newest first."""
    found = Waiting.objects.all()
    here = Q(status=WaitingStatus.WAITING, last_day__gte=today)
    if wanted.state == "past":
        found = found.exclude(here)
    elif wanted.state != "all":
        found = found.filter(here)
    if wanted.location_id:
        found = found.filter(location_id=wanted.location_id)
    if wanted.day:
        found = found.filter(first_day__lte=wanted.day, last_day__gte=wanted.day)
    rows = list(found.order_by("-id")[:most]) if wanted.state in ("past", "all") else _ordered(found)
    rows = [row for row in rows if _wants(row, wanted)][:most]
    if wanted.state == "offered":
        offered = set(
            Offer.objects.filter(
                status=OfferStatus.OPEN, waiting_id__in=[row.pk for row in rows]
            ).values_list("waiting_id", flat=True)
        )
        rows = [row for row in rows if row.pk in offered]
    return rows


def _wants(row: Waiting, wanted: Filter) -> bool:
    """Whoever waits for anyone waits for everybody."""
    services = {one["service"] for one in row.items}
    people = {one["resource"] for one in row.items}
    return (not wanted.service_id or wanted.service_id in services) and (
        not wanted.resource_id or wanted.resource_id in people or None in people
    )


def offers(waiting_ids: list[int]) -> dict[int, list[Offer]]:
    """Their offers, newest first, by entry."""
    found: dict[int, list[Offer]] = {}
    for offer in Offer.objects.filter(waiting_id__in=waiting_ids).order_by("-id"):
        found.setdefault(offer.waiting_id, []).append(offer)
    return found


def skips(waiting_ids: list[int]) -> dict[int, list[Skip]]:
    """Why they were not offered something, newest first, by entry."""
    found: dict[int, list[Skip]] = {}
    for skip in Skip.objects.filter(waiting_id__in=waiting_ids).order_by("-at", "-id"):
        found.setdefault(skip.waiting_id, []).append(skip)
    return found
