"""The example rules, asked as Visita asks them: plain values in, a verdict out."""

from datetime import date, datetime, timedelta

import pytest
from visita_example_rules.days_between import days_between
from visita_example_rules.minors import minors

from visita.bookings.own_rules import ACCEPT, Client, Item, Past, Proposal, Subject

NINE = datetime.fromisoformat("2026-11-23T09:00:00+02:00")
MARIA = Client(7, "Maria", "Ilie", "+40721555014", "", "ro", born=date(1990, 5, 1))


def proposal(start: datetime = NINE, *, history: tuple[Past, ...] = (), **more: object) -> Proposal:
    item = Item(3, {"en": "Filling"}, 5, start, start + timedelta(minutes=30))
    values = {"client": MARIA, "subject": None, "history": history, **more}
    return Proposal(NINE, "web", False, 1, 1, (item,), **values)  # type: ignore[arg-type]  # shorthand


@pytest.mark.parametrize(
    ("days", "status", "services", "kind"),
    [
        (-89, "completed", (3,), "refuse"),
        (-90, "completed", (3,), "accept"),
        (89, "confirmed", (3,), "refuse"),
        (-5, "cancelled", (3,), "accept"),
        (-5, "no_show", (3,), "accept"),
        (-5, "completed", (4,), "accept"),
    ],
)
def test_ninety_days_between(days: int, status: str, services: tuple[int, ...], kind: str) -> None:
    past = Past("K7QP3M2X", status, NINE + timedelta(days=days), services)
    verdict = days_between(proposal(history=(past,)), {"services": [3], "days": 90})
    assert verdict.kind == kind


def test_the_first_possible_date_is_named() -> None:
    past = Past("K7QP3M2X", "completed", NINE - timedelta(days=10), (3,))
    verdict = days_between(
        proposal(history=(past,)), {"days": 30, "text": {"en": "From %(date)s.", "fi": "%(date)s"}}
    )
    assert verdict.text == {"en": "From December 13, 2026.", "fi": "13. joulukuuta 2026"}


def test_children_after_school_and_with_a_guardian() -> None:
    child = Subject("child", "Radu", {}, born=date(2016, 3, 1))
    rules = {"guardian_field": "guardian"}
    assert minors(proposal(subject=child), rules).kind == "refuse"
    after = NINE + timedelta(hours=5)
    assert "guardian" in minors(proposal(after, subject=child), rules).text["en"]
    assert minors(proposal(after, subject=child, fields={"guardian": "Maria"}), rules) is ACCEPT
    assert minors(proposal(NINE + timedelta(days=5), subject=child), {}) is ACCEPT  # a Saturday
    assert minors(proposal(), rules) is ACCEPT
    assert minors(proposal(subject=Subject("child", "Ana", {})), rules).kind == "warn"
