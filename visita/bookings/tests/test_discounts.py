"""Discounts of a visit: what each line takes off, on which service it falls, who gave it, and the way back."""

from typing import Any

import pytest

from tests.world import STAFF, Clinic, at
from visita.bookings import actions, discounts
from visita.bookings.actions import DiscountWish
from visita.bookings.discounts import Discount
from visita.bookings.models import Visit
from visita.bookings.requests import Booked, PartWish
from visita.bookings.tests.test_bring_back import acts, back
from visita.bookings.tests.test_change import book
from visita.bookings.tests.test_services import change, kept, parts
from visita.catalog import actions as catalog
from visita.foundation.errors import Refusal
from visita.foundation.numbers import LARGEST_AMOUNT
from visita.foundation.scope import scope


def line(percent: int | None = None, amount: int | None = None) -> Discount:
    return Discount(1, percent, amount, "Because", "Reception", "2026-11-22T10:00:00+02:00")


def give(cast: Clinic, booked: Booked, percent: int | None = None, amount: int | None = None) -> None:
    actions.discount(cast.id, booked.visit_id, DiscountWish("Birthday", percent, amount), STAFF)


def shares(cast: Clinic, booked: Booked) -> list[int]:
    return [part.discount_minor for part in parts(cast, booked)]


@pytest.mark.parametrize(
    ("lines", "sums", "found"),
    [
        ([line(10)], [30000], [3000]),
        ([line(10)], [5, 5], [1, 0]),
        ([line(10), line(10)], [1000], [200]),
        ([line(None, 100)], [100, 200], [33, 67]),
        ([line(None, 100)], [0, 50], [0, 50]),
        ([line(100), line(None, 7)], [10, 20], [10, 20]),
        ([line(50)], [0, 0], [0, 0]),
        ([], [10], [0]),
        ([line(33)], [1, 1, 1], [1, 0, 0]),
    ],
)
def test_the_lines_fall_on_the_services_by_their_prices(
    lines: list[Discount], sums: list[int], found: list[int]
) -> None:
    assert discounts.shares(lines, sums) == found
    assert sum(found) == discounts.total(lines, sum(sums))


def test_a_line_keeps_its_reason_and_who_gave_it(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    give(cast, booked, 10)
    give(cast, booked, None, 500)
    with scope(cast.id):
        visit = Visit.objects.get(pk=booked.visit_id)
    kept_lines = [(each.number, each.percent, each.amount) for each in discounts.read(visit.discounts)]
    assert kept_lines == [(1, 10, None), (2, None, 500)] and visit.version == 3
    assert {(each["reason"], each["by"]) for each in visit.discounts} == {("Birthday", "Reception")}
    assert shares(cast, booked) == [3500]


def test_taken_back_the_next_has_another_number(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    give(cast, booked, 10)
    give(cast, booked, 20)
    actions.take_back_discount(cast.id, booked.visit_id, 1, STAFF)
    assert shares(cast, booked) == [6000]
    with pytest.raises(Refusal, match="not_found"):
        actions.take_back_discount(cast.id, booked.visit_id, 1, STAFF)


def test_other_services_cost_less_by_the_same_percentage(cast: Clinic) -> None:
    catalog.change_service(cast.id, cast.scan, {"price_minor": 50000}, actor=STAFF)
    booked = book(cast, at(9), None, cast.ana)
    give(cast, booked, 10)
    change(cast, booked, kept(parts(cast, booked)[0]), PartWish(cast.scan))
    assert shares(cast, booked) == [3000, 5000]
    change(cast, booked, kept(parts(cast, booked)[1]))
    assert shares(cast, booked) == [5000]
    back(cast, booked, acts(cast, booked)[1])
    assert shares(cast, booked) == [3000]


def test_a_discount_is_undone_like_any_change(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    give(cast, booked, 10)
    actions.note(cast.id, booked.visit_id, "Kept", STAFF)
    back(cast, booked, acts(cast, booked)[1], alone=True)
    assert shares(cast, booked) == [0]
    back(cast, booked, acts(cast, booked)[1])
    assert shares(cast, booked) == [3000]


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({}, "bad_discount"),
        ({"percent": 0}, "bad_discount"),
        ({"percent": 101}, "bad_discount"),
        ({"amount": 0}, "bad_discount"),
        ({"percent": 5, "amount": 5}, "bad_discount"),
        ({"percent": 5, "reason": " "}, "required"),
    ],
)
def test_what_is_no_discount_is_refused(cast: Clinic, wish: dict[str, Any], code: str) -> None:
    booked = book(cast, at(9), None, cast.ana)
    asked = DiscountWish(**{"reason": "Why", **wish})
    with pytest.raises(Refusal) as refused:
        actions.discount(cast.id, booked.visit_id, asked, STAFF)
    assert refused.value.code == code


def test_no_discount_is_larger_than_what_is_left(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    for above in (30001, LARGEST_AMOUNT):
        with pytest.raises(Refusal, match="bad_discount"):
            give(cast, booked, None, above)
    give(cast, booked, 60)
    for percent, amount in ((None, 12001), (41, None)):
        with pytest.raises(Refusal) as refused:
            give(cast, booked, percent, amount)
        assert refused.value.extra["left"] == 12000 and "120" in str(refused.value.message)
    give(cast, booked, None, 12000)
    assert shares(cast, booked) == [30000]


def test_nothing_is_taken_off_nothing_nor_off_a_visit_that_is_off(cast: Clinic) -> None:
    free = book(cast, at(11), cast.scan, cast.ana)
    with pytest.raises(Refusal, match="nothing_to_discount"):
        give(cast, free, 10)
    booked = book(cast, at(9), None, cast.ana)
    give(cast, booked, 100)
    with pytest.raises(Refusal, match="nothing_to_discount"):
        give(cast, booked, 10)
    actions.cancel(cast.id, booked.visit_id, STAFF)
    with pytest.raises(Refusal, match="invalid_transition"):
        actions.take_back_discount(cast.id, booked.visit_id, 1, STAFF)


def test_two_desks_do_not_discount_twice_unseen(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    actions.note(cast.id, booked.visit_id, "Cold hands", STAFF)
    wish = DiscountWish("Birthday", 10)
    actions.discount(cast.id, booked.visit_id, wish, STAFF, version=1)
    with pytest.raises(Refusal) as refused:
        actions.discount(cast.id, booked.visit_id, wish, STAFF, version=1)
    assert (refused.value.code, refused.value.extra["fields"]) == ("changed_meanwhile", ["discounts"])
