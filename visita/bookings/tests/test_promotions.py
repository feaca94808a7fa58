"""Promotions: a price in its hours, a service that is offered in them alone, and what a move makes of it."""

from datetime import timedelta
from typing import Any

import pytest

from tests.world import CLIENT, MONDAY, STAFF, Clinic, at, day_after, request
from visita.bookings import actions
from visita.bookings.models import Appointment
from visita.bookings.requests import MoveRequest
from visita.bookings.tests.test_online import offered, same
from visita.catalog import actions as catalog
from visita.catalog import queries
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope


def promote(cast: Clinic, **fields: Any) -> int:
    """The consultation for 200 on Mondays from 10 to 12, in November and December."""
    values: dict[str, Any] = {
        "valid_from": MONDAY, "valid_to": MONDAY + timedelta(days=30), "weekdays": [0], "start": 600, "end": 720,
        **({} if "percent" in fields else {"price_minor": 20000}), **fields,
    }  # fmt: skip
    return catalog.add_promotion(cast.id, cast.visit, {"en": "Quiet hours"}, actor=STAFF, **values).pk


def price(cast: Clinic, *args: Any, **more: Any) -> tuple[int | None, str, int]:
    booked = actions.book(cast.id, request(cast, *args, **more), CLIENT)
    with scope(cast.id):
        row = Appointment.objects.get(visit_id=booked.visit_id)  # type: ignore[union-attr]  # no key was sent
        return row.price_minor, row.price_source, row.visit_id


def test_the_price_holds_in_its_hours(cast: Clinic) -> None:
    promote(cast)
    assert price(cast, at(10))[:2] == (20000, "promotion: Quiet hours")
    assert price(cast, at(9, 30))[:2] == (30000, "service")
    assert price(cast, at(12))[:2] == (30000, "service")
    assert price(cast, at(10, day=day_after(1)))[:2] == (30000, "service")


def test_of_several_the_lowest_counts_and_percent_are_rounded(cast: Clinic) -> None:
    promote(cast)
    promote(cast, percent=33)
    promote(cast, percent=50, weekdays=[2])
    assert price(cast, at(10))[0] == 20000
    assert price(cast, at(10, day=day_after(2)))[0] == 15000


def test_it_never_makes_a_price_higher(cast: Clinic) -> None:
    promote(cast, price_minor=90000)
    assert price(cast, at(10))[:2] == (30000, "service")


def test_a_promotional_service_is_offered_in_its_hours_alone(cast: Clinic) -> None:
    key = promote(cast, only=True)
    assert same(cast, cast.ana, 30) == ["10:00", "10:30", "11:00", "11:30"]
    assert len(offered(cast, cast.ana, staff=True)) == 15
    catalog.end_promotion(cast.id, key, actor=STAFF)
    assert len(offered(cast, cast.ana)) == 15


def test_a_promotional_service_after_its_last_day_is_offered_no_more(cast: Clinic) -> None:
    promote(cast, only=True, valid_from=MONDAY - timedelta(days=30), valid_to=MONDAY - timedelta(days=1))
    assert offered(cast, cast.ana) == []
    with pytest.raises(Refusal, match="not_offered"):
        price(cast, at(10))


def test_a_move_changes_the_price_into_and_out_of_the_hours_only(cast: Clinic) -> None:
    promote(cast)
    *_, visit = price(cast, at(10))
    catalog.change_service(cast.id, cast.visit, {"price_minor": 50000}, actor=STAFF)

    def moved(hour: int) -> tuple[int | None, str]:
        actions.move(cast.id, visit, MoveRequest(at(hour)), CLIENT)
        with scope(cast.id):
            row = Appointment.objects.get(visit_id=visit)
            return row.price_minor, row.price_source

    assert moved(11) == (20000, "promotion: Quiet hours")
    assert moved(15) == (50000, "service")
    catalog.change_service(cast.id, cast.visit, {"price_minor": 60000}, actor=STAFF)
    assert moved(16) == (50000, "service")  # what was agreed stays
    assert moved(10) == (20000, "promotion: Quiet hours")


@pytest.mark.parametrize(
    "fields",
    [
        {"price_minor": 1, "percent": 10},
        {"price_minor": None},
        {"valid_to": MONDAY - timedelta(days=1)},
        {"percent": 0},
        {"start": 700, "end": 600},
        {"weekdays": [7]},
    ],
)
def test_what_is_no_promotion(cast: Clinic, fields: dict[str, Any]) -> None:
    with pytest.raises(Refusal):
        promote(cast, **fields)


def test_the_page_can_show_what_is_on(cast: Clinic) -> None:
    promote(cast)
    with scope(cast.id):
        shown = queries.promotions(MONDAY)
        assert [(each.price(30000), each.start, each.end) for each in shown[cast.visit]] == [
            (20000, 600, 720)
        ]
        assert queries.promotions(MONDAY + timedelta(days=31)) == {}
