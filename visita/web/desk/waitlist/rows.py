"""Those who wait, as the desk tells of them: what they want, what was offered, and why they were passed over."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from visita.bookings.models import Offer, OfferStatus, Skip, Visit, Waiting, WaitingStatus
from visita.bookings.waitlist import queries, reasons
from visita.catalog import queries as catalog
from visita.catalog.models import Service
from visita.clients.models import Client, Subject
from visita.foundation import clock
from visita.scheduling.models import Resource
from visita.tenancy.models import Location
from visita.web.components import windows
from visita.web.desk.frame import Frame


@dataclass(frozen=True, slots=True)
class Row:
    """An entry in words. `state`: waiting, offered, booked, left, removed, over."""

    waiting: Waiting
    client: str
    client_url: str
    about: str
    url: str
    what: str
    who: str
    when: str
    where: str
    since: str
    state: str
    state_word: str
    earlier: str
    why: str
    named: bool


def rows(place: Frame, found: list[Waiting]) -> list[Row]:
    """All of them, in a fixed number of queries."""
    ids = [one.pk for one in found]
    known = _Known(
        Client.objects.in_bulk([one.client_id for one in found]),
        Service.objects.in_bulk({item["service"] for one in found for item in one.items}),
        Resource.objects.in_bulk(
            {item["resource"] for one in found for item in one.items if item["resource"]}
        ),
        Visit.objects.in_bulk([one.visit_id for one in found if one.visit_id]),
        {each.pk: each for each in place.locations},
        {
            offer.waiting_id: offer
            for offer in Offer.objects.filter(waiting_id__in=ids, status=OfferStatus.OPEN)
        },
        queries.skips(ids),
        Subject.objects.in_bulk([one.subject_id for one in found if one.subject_id]),
        {each.code: place.text(each.name) for each in catalog.kinds()}
        if any(one.kind for one in found)
        else {},
    )
    return [_row(place, one, known) for one in found]


@dataclass(frozen=True, slots=True)
class _Known:
    clients: dict[int, Client]
    services: dict[int, Service]
    resources: dict[int, Resource]
    visits: dict[int, Visit]
    places: dict[int, Location]
    offers: dict[int, Offer]
    skips: dict[int, list[Skip]]
    subjects: dict[int, Subject]
    kinds: dict[str, str]

    def about(self, one: Waiting) -> str:
        """Whom or what an entry is for: the name, and the kind where it narrows what may be offered."""
        named = self.subjects.get(one.subject_id or 0)
        kind = one.kind or (named.kind if named else "")
        return " · ".join(filter(None, [str(named or ""), self.kinds.get(kind, one.kind)]))


def _row(place: Frame, one: Waiting, known: _Known) -> Row:
    client = known.clients.get(one.client_id)
    named = [known.resources.get(item["resource"]) for item in one.items if item["resource"]]
    services = [known.services[item["service"]] for item in one.items if item["service"] in known.services]
    state, word = _state(place, one, known.offers.get(one.pk))
    visit, skips = known.visits.get(one.visit_id or 0), known.skips.get(one.pk)
    where = known.places.get(one.location_id, place.location)
    return Row(
        waiting=one, client=str(client or ""), url=place.url("waiting", waiting=one.pk),
        about=known.about(one), client_url=place.url("client", client=one.client_id),
        what=", ".join(place.text(each.name) for each in services),
        who=", ".join(dict.fromkeys(str(each) for each in named if each)) or _("anyone"),
        when=windows.told(place.formats, one), where=where.name if len(place.locations) > 1 else "",
        since=place.formats.moment(one.made_at.astimezone(place.zone_of(where))),
        state=state, state_word=word, earlier=_moment(place, where, visit.s) if visit else "",
        why=told(skips[0]) if skips else "", named=bool(named),
    )  # fmt: skip


def _moment(place: Frame, where: Location, minute: int) -> str:
    return place.formats.moment(clock.from_minute(minute).astimezone(place.zone_of(where)))


def _state(place: Frame, one: Waiting, offer: Offer | None) -> tuple[str, str]:
    if one.status == WaitingStatus.WAITING and one.last_day < place.today:
        return "over", _("days have passed")
    if one.status == WaitingStatus.WAITING and offer is not None:
        return "offered", _("offered")
    words = {"waiting": _("waits"), "booked": _("booked"), "left": _("left"), "removed": _("removed")}
    return one.status, words[one.status]


def told(skip: Skip) -> str:
    """Why, with the engine's own causes where it gave any."""
    causes = ", ".join(_causes().get(code, code) for code in skip.details)
    sentence = str(reasons.TEXTS.get(skip.reason, skip.reason))
    return f"{sentence} ({causes})" if causes else sentence


def _causes() -> dict[str, str]:
    """The engine's causes in a word or two."""
    return {
        "too_late": _("has passed"), "notice_required": _("too soon for clients"), "too_far": _("too far ahead"),
        "closed": _("nobody at work"), "absent": _("absent"), "too_long": _("too short"), "booked": _("taken"),
        "buffer": _("too short with preparation"), "capacity": _("no free place"),
        "needs_resource": _("a room or device is taken"), "staff_only": _("kept for staff"),
        "promotion_only": _("only in a promotion's hours"), "leaves_gap": _("would leave a gap"),
        "not_offered": _("not a time this service starts at"),
    }  # fmt: skip


def history(place: Frame, where: Location, one: Waiting) -> list[dict[str, Any]]:
    """Offers and skips, newest first, as when and what."""
    zone = place.zone_of(where)
    words = {
        "open": _("Offered, waits for an answer until %(until)s"), "accepted": _("Accepted"), "declined": _("Declined"),
        "expired": _("Not answered in time"), "lost": _("Somebody else was faster"),
    }  # fmt: skip
    found = []
    for offer in queries.offers([one.pk]).get(one.pk, []):
        until = place.formats.time(offer.expires_at.astimezone(zone))
        at = offer.ended_at or offer.made_at
        found.append((at, _moment(place, where, offer.s), words[offer.status] % {"until": until}))
    for skip in queries.skips([one.pk]).get(one.pk, []):
        found.append((skip.at, place.formats.day(skip.day), told(skip)))
    found.sort(key=lambda row: row[0], reverse=True)
    return [
        {"at": place.formats.moment(at.astimezone(zone)), "of": of, "what": what} for at, of, what in found
    ]
