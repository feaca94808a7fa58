"""The search of the journal of visits: its fields, and what they ask of the table of appointments."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from visita.bookings.models import VisitStatus
from visita.bookings.table import looked_up
from visita.bookings.table_ranges import Bounds, Instants
from visita.bookings.table_wanted import CHANGED, About, AnyOf, Wanted, seen_by
from visita.clients.matching import fold
from visita.clients.search import themselves
from visita.clients.subject_search import called
from visita.identity import rights
from visita.web.desk import ranges
from visita.web.desk.frame import Frame
from visita.web.desk.labels import statuses
from visita.web.desk.ranges import Measure
from visita.web.desk.search import ANY, Asked, Field
from visita.web.desk.table_names import Names
from visita.web.desk.table_query import midnight, minute_of

FOUND = 200  # clients one word may mean
REACH = 366  # days back and ahead that are searched where no date is given
_SOURCES = ("web", "widget", "link", "qr", "desk", "api", "import")


def fields(place: Frame, names: Names) -> list[Field]:
    """Every column of the journal and its table; phones only for those who may see them."""
    found = [
        Field(ANY, _("Anything")),
        Field("client", _("Client")),
        Field("phone", _("Phone")) if place.guest.may(rights.CLIENTS_PHONES) else None,
        Field("subject", _("For whom")) if names.subjects else None,
        Field("resource", _("Person or room"), _texts(names.resources)),
        Field("service", _("Service"), _texts(names.services)),
        Field("specialty", _("Group"), _texts(names.specialties)) if names.specialties else None,
        Field("day", _("Date"), day=True),
        Field("since", _("From"), day=True),
        Field("until", _("To"), day=True),
        Field("status", _("Status"), statuses_and_changed()),
        Field("location", _("Location"), _texts(names.locations)) if len(names.locations) > 1 else None,
        Field("source", _("Source"), {each: names.source(each) for each in _SOURCES}),
        Field("scheme", _("Public or private"), dict(names.schemes)) if names.schemes else None,
        Field("booked", _("Booked on"), day=True, spans=True),
        *(Field(code, label, measure=measure) for code, label, measure in measures(place)),
        Field("code", _("Code")),
        Field("note", _("Note")),
    ]
    return [each for each in found if each is not None]


def statuses_and_changed() -> dict[str, str]:
    """The statuses a visit can have, and whether it was ever moved."""
    words = statuses()
    return {**{each: str(words[each]) for each in VisitStatus.values}, CHANGED: _("Moved")}


def measures(place: Frame) -> list[tuple[str, str, Measure]]:
    """(code, label, measure) of the columns that hold numbers."""
    formats, money = place.formats, ranges.prices(place.formats, place.profile.currency)
    return [
        ("length", _("Length"), ranges.lengths(formats)),
        ("price", _("Price"), money),
        ("discount", _("Discount"), money),
        ("due", _("To pay"), money),
        ("places", _("Places"), ranges.places(formats)),
    ]


def _texts(names: dict[int, str]) -> dict[str, str]:
    return {str(key): name for key, name in names.items()}


def wanted(asked: Asked, place: Frame, names: Names, only: int | None) -> Wanted:
    """What to ask of the table; without dates a year back and ahead."""

    def ids(code: str) -> tuple[int, ...]:
        return tuple(int(value) for value in asked.values(code))

    contacts = place.guest.may(rights.CLIENTS_PHONES)
    known = _people(asked.values("client") + asked.values("phone"), contacts)
    found = Wanted(
        statuses=tuple(asked.values("status")),
        schemes=tuple(asked.values("scheme")),
        locations=ids("location"),
        specialties=ids("specialty"),
        services=ids("service"),
        resources=ids("resource"),
        sources=tuple(asked.values("source")),
        codes=tuple(_code(value) for value in asked.values("code")),
        notes=tuple(value.lower() for value in asked.values("note")),
        clients=known,
        about=_about(asked.values("subject"), contacts),
        spans=tuple(_span(date.fromisoformat(value), place) for value in asked.values("day")),
        measured=_measured(asked),
        booked=tuple(booked_span(value, place) for value in asked.values("booked")),
        any_of=tuple(_anything(value, names, contacts) for value in asked.values(ANY)),
        **_limits(asked, place),
    )
    if only is not None and found.resources and only not in found.resources:
        return replace(found, resources=(0,))
    return looked_up(seen_by(found, only))


def _limits(asked: Asked, place: Frame) -> dict[str, Any]:
    """The first and last minute looked at; a named date, or a code, needs none."""
    if asked.values("day") or asked.values("code"):
        return {}
    since = min((date.fromisoformat(value) for value in asked.values("since")), default=None)
    until = max((date.fromisoformat(value) for value in asked.values("until")), default=None)
    first = since or (until or place.today) - timedelta(REACH)
    last = (until or max(place.today, first) + timedelta(REACH)) + timedelta(1)
    return {"first": minute_of(first, place), "last": minute_of(last, place)}


def _span(day: date, place: Frame) -> tuple[int, int]:
    return minute_of(day, place), minute_of(day + timedelta(1), place)


def _measured(asked: Asked) -> tuple[tuple[str, tuple[Bounds, ...]], ...]:
    """The ranges of each field that has any."""
    found = []
    for each in asked.fields:
        if each.measure and (values := asked.values(each.code)):
            bounds = [ranges.of_address(value, each.measure.most) for value in values]
            found.append((each.code, tuple(one for one in bounds if one is not None)))
    return tuple(found)


def booked_span(value: str, place: Frame) -> Instants:
    """The instants of a date, or of two, at the reader's location; the last day is whole."""
    first, last = ranges.days_of_address(value) or (None, None)
    day = timedelta(days=1)
    return midnight(first, place), midnight(last + day if last else None, place)


def _people(texts: Iterable[str], contacts: bool) -> tuple[int, ...] | None:
    """Whom the words or the tails of numbers mean; None where nothing was typed."""
    found = [client.pk for text in texts for client in themselves(text, FOUND, contacts=contacts)]
    return tuple(dict.fromkeys(found)) if any(texts) else None


def _about(texts: Sequence[str], contacts: bool) -> About | None:
    """The pets, children and vehicles the words mean; None where nothing was typed."""
    if not texts:
        return None
    return About.of({key: owner for text in texts for key, owner in called(text, contacts=contacts).items()})


def _anything(text: str, names: Names, contacts: bool) -> AnyOf:
    """A client, whom they come with, a service, a person, a code, or words of the note."""
    same = fold(text)

    def named(known: dict[int, str]) -> tuple[int, ...]:
        return tuple(key for key, name in known.items() if same in fold(name)) if len(same) > 1 else ()

    return AnyOf(
        _people([text], contacts) or (),
        named(names.services),
        named(names.resources),
        _code(text),
        text.lower(),
        _about([text], contacts) or About(),
    )


def _code(text: str) -> str:
    """A visit's code with or without its dash."""
    return text.replace("-", "").replace(" ", "").upper()
