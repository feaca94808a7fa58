"""Everything composes (BY-02): every two features together in a small world that is booked, moved, changed and cancelled.

What is offered is booked, what is not is refused, no seat is taken twice, and a cancelled visit leaves the day as it was.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from tests.world import CLIENT, MONDAY, STAFF, Clinic, at, person
from visita.bookings import actions, series_plan
from visita.bookings.availability import Ask, AskItem, Start, availability
from visita.bookings.models import Appointment, Place, Visit
from visita.bookings.repeating import Repeat
from visita.bookings.requests import (
    Booked,
    BookRequest,
    HoldRequest,
    Item,
    MoveItem,
    MoveRequest,
    PartWish,
    ServicesRequest,
)
from visita.bookings.series_requests import Chosen, SeriesRequest
from visita.bookings.tests.pairs import pairs, table
from visita.catalog import actions as catalog
from visita.catalog.asking import Where
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling.claims import NOTHING, Ignored
from visita.scheduling.models import Allocation
from visita.tenancy import actions as tenancy

WEEK = timedelta(days=7)
FEATURES: dict[str, list[Any]] = {
    "shared": ["no", "lanes", "class"],
    "promotion": ["none", "price", "only"],
    "gaps": ["off", "soft", "strict"],
    "seats": [1, 2],
    "services": [1, 2],
    "door": ["client", "staff"],
    "approval": [False, True],
    "hold": [False, True],
    "own rule": [False, True],
    "fields": [False, True],
    "hours": [False, True],
    "repeat": [False, True],
    "changed": ["no", "service", "class"],
}
TABLE = table(FEATURES)


def test_the_table_has_every_pair() -> None:
    met: set[Any] = set().union(*(pairs(row, FEATURES) for row in TABLE))
    sizes = [len(values) for values in FEATURES.values()]
    assert len(met) == (sum(sizes) ** 2 - sum(size**2 for size in sizes)) // 2
    assert len(TABLE) < 30


@dataclass(frozen=True)
class World:
    """A clinic in which the features of a row are on."""

    cast: Clinic
    row: dict[str, Any]

    @property
    def service(self) -> int:
        return {"no": self.cast.visit, "lanes": self.cast.gym, "class": self.cast.yoga}[self.row["shared"]]

    @property
    def seats(self) -> int:
        """A party where places are shared; one person takes the whole of a doctor."""
        return self.row["seats"] if self.row["shared"] != "no" else 1

    @property
    def staff(self) -> bool:
        return bool(self.row["door"] == "staff")

    @property
    def services(self) -> tuple[int, ...]:
        """A party takes services that have room for it."""
        second = self.cast.scan if self.seats == 1 else self.cast.gym
        return (self.service, second) if self.row["services"] == 2 else (self.service,)

    def furnish(self) -> None:
        """Switch the row's features on."""
        cast, row, service = self.cast, self.row, self.service
        if row["shared"] == "class":
            for hour in (10, 15):
                actions.add_session(cast.id, cast.yoga, cast.location, at(hour), [cast.ana], actor=STAFF)
        if row["changed"] == "class":
            actions.add_session(cast.id, cast.yoga, cast.location, at(17), [cast.ana], actor=STAFF)
        self.set("approval", row["approval"])
        self.set("gap_avoidance", row["gaps"])
        if row["promotion"] != "none":
            catalog.add_promotion(
                cast.id, service, {"en": "Quiet"}, price_minor=100, valid_from=MONDAY, start=600, end=960,
                only=row["promotion"] == "only", actor=STAFF,
            )  # fmt: skip
        if row["own rule"]:
            self.set("booking_rules", [{"rule": "example.days-between", "parameters": {"days": 1}}])
        if row["fields"]:
            catalog.add_field(
                cast.id, "plate", {"en": "Plate"}, "text", required=True, where=[Where(None, None, None)],
                actor=STAFF,
            )  # fmt: skip
        if row["hours"]:
            self.set("online_hours", [[0, 540, 990]])
        if row["repeat"]:
            self.set("repeat_most", 2)
            if row["shared"] == "class":
                for hour in (10, 15):
                    next_week = at(hour, day=MONDAY + WEEK)
                    actions.add_session(cast.id, cast.yoga, cast.location, next_week, [cast.ana], actor=STAFF)

    def set(self, key: str, value: Any) -> None:
        tenancy.set_setting(self.cast.id, key, value, actor=STAFF)

    def starts(self, ignored: Ignored = NOTHING) -> list[Start]:
        items = tuple(AskItem(service) for service in self.services)
        ask = Ask(
            self.cast.location, items, MONDAY, MONDAY, self.seats, self.staff, ignored=ignored,
            every=30 if self.staff and self.row["shared"] != "class" and len(items) == 1 else None,
        )  # fmt: skip
        with scope(self.cast.id):
            return availability(ask).days[0].starts

    def items(self, start: Start) -> tuple[Item, ...]:
        if start.items:
            return tuple(
                Item(each.service_id, each.resource_id, clock.from_minute(each.start)) for each in start.items
            )
        return (Item(self.service, None, clock.from_minute(start.start)),)

    def book(self, items: tuple[Item, ...]) -> Booked:
        actor = STAFF if self.staff else CLIENT
        if self.row["repeat"]:
            return self.book_twice(items)
        hold = None
        if self.row["hold"]:
            asked = HoldRequest(items, self.cast.location, self.seats, staff=self.staff)
            hold = actions.hold(self.cast.id, asked, actor).token
        booked = actions.book(self.cast.id, replace(self.request(items), hold=hold), actor)
        assert isinstance(booked, Booked)
        return booked

    def request(self, items: tuple[Item, ...]) -> BookRequest:
        return BookRequest(
            items, client=person(), location_id=self.cast.location, seats=self.seats,
            fields={"plate": "B 10 ABC"} if self.row["fields"] else {}, staff=self.staff,
        )  # fmt: skip

    def book_twice(self, items: tuple[Item, ...]) -> Booked:
        """The visit and the same a week later, as the preview shows them; the later one is cancelled again."""
        rule, visit = Repeat("week", count=2), self.request(items)
        with scope(self.cast.id):
            rows = series_plan.plan(visit, rule)
        plan = tuple(Chosen(row.number, row.items, row.price) for row in rows)
        actor = STAFF if self.staff else CLIENT
        made = actions.book_series(self.cast.id, SeriesRequest(visit, rule, plan), actor)
        assert made.booked[1].start - made.booked[0].start == WEEK
        self.check(made.booked[1].visit_id)
        actions.cancel_series(self.cast.id, made.series_id, {made.booked[1].visit_id: 1}, STAFF)
        return made.booked[0]

    def check(self, visit: int) -> None:
        """No seat twice; the status and the prices as the features want them."""
        with scope(self.cast.id):
            rows = Allocation.objects.filter(live=True).order_by("resource_id", "s")
            taken = Counter(
                (row.resource_id, row.seats.lower, minute) for row in rows for minute in range(row.s, row.e)
            )
            assert not taken or max(taken.values()) == 1
            asks = self.row["approval"] and not self.staff
            assert Visit.objects.get(pk=visit).status == ("requested" if asks else "confirmed")
            for each in Appointment.objects.filter(visit_id=visit, service_id=self.service):
                hour = clock.from_minute(each.s).astimezone(at(9).tzinfo).hour
                promoted = self.row["promotion"] != "none" and 10 <= hour < 16
                listed = 30000 if self.service == self.cast.visit else None
                assert each.price_minor == (100 if promoted else listed), (hour, each.price_source)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: " ".join(str(value) for value in row.values()))
def test_two_features_together(cast: Clinic, row: dict[str, Any]) -> None:
    world = World(cast, row)
    world.furnish()
    before = world.starts()
    assert before, "nothing is offered"
    for first, then in ((before[0], before[-1]), (before[-1], before[0])):
        booked = world.book(world.items(first))
        world.check(booked.visit_id)
        _move(world, booked, then)
        _change(world, booked)
        actions.cancel(cast.id, booked.visit_id, STAFF)
        assert world.starts() == before
    _refuse(world, before)


def _move(world: World, booked: Booked, then: Start) -> None:
    """To another time that is offered when its own claims do not count."""
    with scope(world.cast.id):
        own = {each.service_id: each.pk for each in Appointment.objects.filter(visit_id=booked.visit_id)}
        ignored = Ignored(appointments=tuple(own.values()))
    if then.start not in {each.start for each in world.starts(ignored)}:
        return
    there, start = world.items(then), clock.from_minute(then.start)
    wanted = MoveRequest(start, there[0].resource_id, staff=world.staff)
    if len(there) > 1 and world.row["shared"] == "class":  # its distance to the rest is another at each date
        wanted = MoveRequest(start, staff=world.staff, items=_places(own, there))
    actions.move(world.cast.id, booked.visit_id, wanted, STAFF if world.staff else CLIENT)
    world.check(booked.visit_id)


def _change(world: World, booked: Booked) -> None:
    """Staff add a service in the forenoon, or a place in a class; then they take it out again, and once more add it."""
    if world.row["changed"] == "no":
        return
    cast, visit = world.cast, booked.visit_id
    more = PartWish(cast.gym, start=at(11))
    if world.row["changed"] == "class":
        more = PartWish(cast.yoga, start=at(17))
    with scope(cast.id):
        own = list(Appointment.objects.filter(visit_id=visit).order_by("s", "position"))
    kept = tuple(PartWish(each.service_id, each.pk) for each in own)
    for parts in ((*kept, more), kept, (*kept, more)):
        actions.change_services(cast.id, visit, ServicesRequest(parts), STAFF)
        world.check(visit)
        with scope(cast.id):
            now = Appointment.objects.filter(visit_id=visit)
            assert now.count() == len(parts)
            taken = Place.objects.filter(live=True, appointment_id__in=now.values("pk")).count()
            assert taken == world.seats * sum(each.session_id is not None for each in now)


def _places(own: dict[int, int], there: tuple[Item, ...]) -> tuple[MoveItem, ...]:
    return tuple(MoveItem(own[item.service_id], item.start, item.resource_id) for item in there)


def _refuse(world: World, offered: list[Start]) -> None:
    """A start between two offered ones is refused, and leaves nothing behind."""
    if world.staff:
        return
    known = {each.start for each in offered}
    odd = clock.from_minute(offered[0].start) + timedelta(minutes=7)
    assert clock.to_minute(odd) not in known
    items = tuple(
        Item(each.service_id, each.resource_id, each.start + timedelta(minutes=7))
        for each in world.items(offered[0])
    )
    with pytest.raises(Refusal):
        world.book(items)
    assert world.starts() == offered
