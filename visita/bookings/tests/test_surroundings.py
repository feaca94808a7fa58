"""Around the visits of a day, too, everything is as it was at a moment: hours, columns, rooms and names."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.world import CLIENT, MONDAY, NOW, STAFF, Clinic, at, person, request, resource
from visita.activity.record import record
from visita.bookings import actions, journal, journal_then
from visita.bookings.journal_then import Then
from visita.bookings.models import Visit
from visita.bookings.requests import Booked, MoveRequest
from visita.catalog import actions as catalog
from visita.clients import actions as clients
from visita.clients import verbs as client_verbs
from visita.clients.details import Details
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling
from visita.scheduling.policies import Pattern
from visita.tenancy import actions as tenancy


@contextmanager
def later(hours: float) -> Iterator[datetime]:
    """The clock so many hours after NOW."""
    with clock.at(NOW + timedelta(hours=hours)):
        yield NOW + timedelta(hours=hours)


def then(cast: Clinic, hours: float, when: date = MONDAY) -> Then:
    with scope(cast.id):
        return journal_then.then(cast.location, when, NOW + timedelta(hours=hours), "en")


def work(found: Then, who: int) -> list[tuple[int, int]]:
    """The hours of UTC in which somebody works; Bucharest is two hours ahead."""
    return [(s // 60 % 24, e // 60 % 24) for s, e in column(found, who)["work"]]


def column(found: Then, who: int) -> dict[str, Any]:
    return next(each for each in found.journal["resources"] if each["id"] == who)


def columns(found: Then) -> list[int]:
    return [each["id"] for each in found.journal["resources"]]


def book(cast: Clinic, hour: int, who: int, **more: Any) -> int:
    made = actions.book(cast.id, request(cast, at(hour), more.pop("service", None), who, **more), CLIENT)
    assert isinstance(made, Booked)
    return made.visit_id


def client_of(cast: Clinic, visit: int) -> int:
    with scope(cast.id):
        return Visit.objects.get(pk=visit).client_id


def test_hours_are_those_of_the_moment(cast: Clinic) -> None:
    usual = [(7, 10), (11, 15)]
    with later(1):
        scheduling.set_working_time(
            cast.id, cast.ana, cast.location, [Pattern(0, 600, 720, date(2026, 1, 1))], actor=STAFF
        )
    with later(2):
        absence = scheduling.set_exception(cast.id, cast.ana, None, MONDAY, [], actor=STAFF, reason="ill")
    with later(3):
        scheduling.remove_exception(cast.id, absence.pk, actor=STAFF)
    with later(4):
        scheduling.set_exception(cast.id, None, cast.location, MONDAY, [], actor=STAFF, reason="holiday")
    with later(5):
        scheduling.set_exception(cast.id, None, cast.location, MONDAY, [[600, 660]], actor=STAFF)
    assert work(then(cast, 0.5), cast.ana) == usual
    assert work(then(cast, 1.5), cast.ana) == [(8, 10)]
    assert cast.ana not in columns(then(cast, 2.5)) and work(then(cast, 2.5), cast.mihai) == usual
    assert work(then(cast, 3.5), cast.ana) == [(8, 10)]
    assert columns(then(cast, 4.5)) == []
    assert work(then(cast, 5.5), cast.mihai) == [(8, 9)]


def test_now_its_hours_are_the_journals_own(cast: Clinic) -> None:
    with later(1):
        scheduling.set_exception(cast.id, cast.mihai, cast.location, MONDAY, [[600, 660]], actor=STAFF)
    with scope(cast.id):
        today = journal.journal(cast.location, MONDAY, "en")["resources"]
    was = then(cast, 2).journal["resources"]
    assert today == was


def test_who_came_later_has_no_column_before(cast: Clinic) -> None:
    with later(1):
        new = resource(cast.id, cast.location, "Radu Nou")
    assert new not in columns(then(cast, 0.5)) and new in columns(then(cast, 1.5))


def test_everything_is_called_as_it_was(cast: Clinic) -> None:
    visit = book(cast, 9, cast.ana)
    maria = client_of(cast, visit)
    with later(1):
        scheduling.change_resource(cast.id, cast.ana, {"name": "Ana Radu"}, actor=STAFF)
        catalog.change_service(cast.id, cast.visit, {"name": {"en": "Check-up"}}, actor=STAFF)
        clients.change(cast.id, maria, Details("Maria", "Popa", "+40721555014"), actor=STAFF)
        tenancy.change_location(cast.id, cast.location, {"name": "Strada Nouă"}, actor=STAFF)
    told = [
        (column(found, cast.ana)["name"], block["service"], block["title"], found.journal["location"]["name"])
        for found in (then(cast, 0.5), then(cast, 1.5))
        for block in found.journal["blocks"]
    ]
    assert told == [
        ("Ana Pop", "Consultation", "Maria Ilie", "Strada Paris"),
        ("Ana Radu", "Check-up", "Maria Popa", "Strada Nouă"),
    ]


def test_before_a_merge_the_visit_is_whose_it_was(cast: Clinic) -> None:
    ids = []
    for hour, who in ((9, person()), (10, person("Ion", "Dragu", phone="+40722444555"))):
        ids.append(client_of(cast, book(cast, hour, cast.ana, client=who)))
    with later(1):
        clients.merge(cast.id, ids[0], ids[1], actor=STAFF)
    names = [[block["title"] for block in then(cast, hours).journal["blocks"]] for hours in (0.5, 1.5)]
    assert names == [["Maria Ilie", "Ion Dragu"], ["Maria Ilie", "Maria Ilie"]]
    with later(2), scope(cast.id):
        record(client_verbs.CLIENT_ERASED, "client", ids[0], STAFF)
    with later(3):
        clients.change(cast.id, ids[0], Details("Erased", "", ""), actor=STAFF)
    assert then(cast, 0.5).journal["blocks"][0]["title"] == "Erased"


def test_rooms_and_helpers_are_those_that_were_held(cast: Clinic) -> None:
    visit = book(cast, 9, cast.ana, service=cast.scan)
    with later(1):
        actions.move(cast.id, visit, MoveRequest(at(14), cast.mihai, staff=True), STAFF)
    with later(2):
        actions.cancel(cast.id, visit, STAFF)
    with later(3):
        actions.restore(cast.id, visit, STAFF)

    def held(hours: float) -> set[tuple[int, int, int]]:
        return {
            (b["resource"], b["s"] // 60 % 24, b["to"] - b["from"])
            for b in then(cast, hours).journal["blocks"]
        }

    morning = {(who, 7, 50) for who in (cast.ana, cast.nurse, cast.room)}
    afternoon = {(who, 12, 50) for who in (cast.mihai, cast.nurse, cast.room)}
    assert held(0.5) == morning and held(1.5) == afternoon == held(3.5)
    assert held(2.5) == {(cast.mihai, 12, 40)}


def test_what_was_not_in_the_journal_has_no_blocks_there(cast: Clinic) -> None:
    scheduling.change_resource(cast.id, cast.room, {"in_journal": False}, actor=STAFF)
    book(cast, 9, cast.ana, service=cast.scan)
    with later(1):
        scheduling.change_resource(cast.id, cast.room, {"in_journal": True}, actor=STAFF)
    held = [{block["resource"] for block in then(cast, hours).journal["blocks"]} for hours in (0.5, 1.5)]
    assert held == [{cast.ana, cast.nurse}, {cast.ana, cast.nurse, cast.room}]


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 10, 25), 25), (date(2027, 3, 28), 23)])
def test_a_day_on_which_the_clocks_change_has_the_hours_it_had(cast: Clinic, day: date, hours: int) -> None:
    scheduling.set_exception(cast.id, cast.ana, cast.location, day, [[0, 1440]], actor=STAFF)
    found = then(cast, 1, day)
    assert found.journal["day"]["e"] - found.journal["day"]["s"] == hours * 60
    assert column(found, cast.ana)["hours"] == hours * 60


def test_before_the_organization_was_here_all_is_as_today(cast: Clinic) -> None:
    with later(1):
        scheduling.change_resource(cast.id, cast.ana, {"name": "Ana Radu"}, actor=STAFF)
    found = then(cast, -100)
    assert (found.known, found.since) == (False, NOW)
    assert column(found, cast.ana)["name"] == "Ana Radu" and found.journal["blocks"] == []
    assert then(cast, 0.5).known


def test_the_number_of_statements_is_constant(cast: Clinic) -> None:
    counts = []
    for hours in ((9,), (10, 11, 13, 14)):
        for hour in hours:
            book(cast, hour, cast.ana, service=cast.scan, client=person(f"P{hour}"))
        with scope(cast.id), CaptureQueriesContext(connection) as asked:
            journal_then.then(cast.location, MONDAY, NOW + timedelta(hours=1), "en")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 24
