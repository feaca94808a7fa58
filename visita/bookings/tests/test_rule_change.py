"""Changed rules of a service: what is booked stays, is counted before, and the change is made with what was seen."""

from typing import Any

import pytest

from tests.world import CLIENT, STAFF, Clinic, at, request
from visita.bookings import actions
from visita.bookings.actions.change_rules import change_rules, version_of
from visita.bookings.models import Appointment
from visita.bookings.requests import Booked
from visita.bookings.rule_change import Row, Rule, compare
from visita.catalog import queries
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.tenancy.models import Setting

OLD = Rule(30, 0, 0, 3)


def row(s: int = 600, e: int = 630, own: int | None = None, lane: int = 0, **near: int | None) -> Row:
    return Row(1, 1, 1, s, e, own, lane, near.get("last"), near.get("next"))


@pytest.mark.parametrize(
    ("known", "new", "told"),
    [
        (row(), Rule(40, 0, 0, 3), "length"),
        (row(own=20, e=620), Rule(40, 0, 0, 3), ""),
        (row(e=640), Rule(40, 0, 0, 3), ""),
        (row(e=645), OLD, ""),
        (row(last=595), Rule(30, 5, 0, 3), ""),
        (row(last=595), Rule(30, 6, 0, 3), "close"),
        (row(next=635), Rule(30, 0, 5, 3), ""),
        (row(next=635), Rule(30, 0, 6, 3), "close"),
        (row(lane=3), Rule(30, 0, 0, 2), "beyond"),
        (row(lane=2), Rule(30, 0, 0, 2), ""),
        (row(lane=4), Rule(30, 0, 0, 2), ""),
    ],
)
def test_only_what_the_change_does_is_told(known: Row, new: Rule, told: str) -> None:
    counts = compare([known], OLD, new).counts()
    assert [name for name, count in counts.items() if count] == ([told] if told else [])


def booked(cast: Clinic, hour: int, minute: int = 0, **more: Any) -> int:
    made = actions.book(cast.id, request(cast, at(hour, minute), **{"who": cast.ana, **more}), CLIENT)
    assert isinstance(made, Booked)
    return made.visit_id


def version(cast: Clinic, service: int) -> int:
    with scope(cast.id):
        return version_of(queries.service(service))


def change(cast: Clinic, agreed: str = "", service: int = 0, lead: int | None = None, **changes: Any) -> None:
    service = service or cast.visit
    change_rules(cast.id, service, changes, lead, actor=STAFF, version=version(cast, service), agreed=agreed)


def refused(cast: Clinic, **more: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        change(cast, **more)
    return caught.value


def test_visits_are_counted_first_and_stay_as_they_are(cast: Clinic) -> None:
    booked(cast, 10)
    booked(cast, 10, 30)
    told = refused(cast, minutes=45, buffer_after=10)
    assert told.code == "rules_felt" and told.extra["visits"] == {"length": 2, "close": 1, "beyond": 0}
    with scope(cast.id):
        assert queries.service(cast.visit).minutes == 30
    change(cast, told.extra["token"], minutes=45, buffer_after=10)
    with scope(cast.id):
        assert queries.service(cast.visit).minutes == 45
        assert {part.e - part.s for part in Appointment.objects.all()} == {30}


def test_a_visit_booked_meanwhile_is_listed_again(cast: Clinic) -> None:
    booked(cast, 10)
    seen = refused(cast, minutes=45).extra["token"]
    booked(cast, 14)
    again = refused(cast, minutes=45, agreed=seen)
    assert again.extra["visits"]["length"] == 2 and again.extra["token"] != seen


def test_what_is_booked_with_another_service_counts_as_a_neighbour_only(cast: Clinic) -> None:
    booked(cast, 10, service=cast.scan)
    change(cast, minutes=45)
    booked(cast, 11)
    assert refused(cast, buffer_before=15).extra["visits"]["close"] == 1


def test_fewer_places_tell_who_stands_beyond(cast: Clinic) -> None:
    for _ in range(3):
        booked(cast, 10, service=cast.gym, who=cast.hall, override=frozenset({"client_busy"}))
    told = refused(cast, service=cast.gym, capacity=2, max_party=2)
    assert told.extra["visits"] == {"length": 0, "close": 0, "beyond": 1}


def test_two_at_once_save_once(cast: Clinic) -> None:
    read = version(cast, cast.visit)
    change(cast, price_minor=100)
    with pytest.raises(Refusal) as caught:
        change_rules(cast.id, cast.visit, {"price_minor": 200}, None, actor=STAFF, version=read)
    assert caught.value.code == "changed_meanwhile"
    with scope(cast.id):
        assert queries.service(cast.visit).price_minor == 100


def test_notice_is_kept_and_taken_away(cast: Clinic) -> None:
    change(cast, lead=240)
    known = {"key": "lead_minutes", "scope_kind": "service", "scope_id": cast.visit}
    with scope(cast.id):
        assert Setting.objects.get(**known).value == 240
    change(cast)
    with scope(cast.id):
        assert not Setting.objects.filter(**known).exists()


def test_bad_rules_change_nothing(cast: Clinic) -> None:
    for wrong in ({"minutes": 0}, {"buffer_before": -1}, {"capacity": 0}, {"start_step": 0}, {"lead": -1}):
        assert refused(cast, **wrong).status == 422
