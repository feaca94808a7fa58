"""Which days hear of a change: each day the visit is on, as its location's wall clock has them."""

import sys
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from unittest import mock
from zoneinfo import ZoneInfo

import pytest

from tests.world import NOW, STAFF, Clinic, at, clinic, person
from visita.bookings import actions
from visita.bookings.models import Offer, Visit
from visita.bookings.news import news, other_days
from visita.bookings.requests import MoveRequest, PartWish
from visita.bookings.tests.test_change import book
from visita.bookings.tests.test_services import change, kept, parts
from visita.bookings.tests.test_services_class import held_on
from visita.bookings.waitlist.windows import Window
from visita.foundation import clock
from visita.foundation.scope import scope

DAY = timedelta(days=1)


@pytest.fixture
def rung() -> Iterator[list[str]]:
    """The dates of other days that were rung."""
    heard: list[str] = []
    real = other_days

    def listen(visit: Visit, zone: object, minutes: object) -> list[str]:
        found = real(visit, zone, minutes)  # type: ignore[arg-type]
        heard.extend(each.split(":")[2] for each in found)
        return found

    with mock.patch("visita.bookings.news.other_days", listen):
        yield heard


def test_the_day_of_a_class_hears_of_its_visit(cast: Clinic, rung: list[str]) -> None:
    held_on(cast, at(10) + DAY, at(15) + DAY)
    booked = book(cast, at(9), None, cast.mihai)
    own = kept(parts(cast, booked)[0])
    change(cast, booked, own, PartWish(cast.yoga, start=at(10) + DAY))
    for act in (actions.cancel, actions.restore, actions.undo_last):
        rung.clear()
        act(cast.id, booked.visit_id, STAFF)
        assert rung == ["2026-11-24"], act
    actions.restore(cast.id, booked.visit_id, STAFF)
    rung.clear()
    actions.move(
        cast.id,
        booked.visit_id,
        MoveRequest(at(14), staff=True, appointment_id=parts(cast, booked)[0].pk),
        STAFF,
    )
    assert rung == []  # it stays on its day, and the class where it was


def test_an_offer_of_the_evening_rings_its_own_day_where_the_clock_is_behind(db: None) -> None:
    """Eight in the evening in New York is tomorrow in Greenwich."""
    with clock.at(NOW):
        home = clinic(zone="America/New_York")
        window = Window(NOW.date() + DAY, NOW.date() + DAY)
        wish = actions.WaitRequest(((home.visit, home.ana),), window, client=person("Ion"), staff=True)
        waiting = actions.join(home.id, wish, STAFF)
        evening = clock.to_minute(datetime.combine(NOW.date() + DAY, time(20), ZoneInfo("America/New_York")))
        with scope(home.id):
            Offer.objects.create(
                code="AAAABBBB", waiting_id=waiting.pk, location_id=home.location, s=evening, e=evening + 30,
                parts=[], made_at=NOW, expires_at=NOW + DAY, staff=True,
            )  # fmt: skip
        module = sys.modules["visita.bookings.actions.end_offer"]
        with mock.patch.object(module, "news", wraps=news) as rung:
            actions.end_offer(home.id, waiting.pk, "declined", STAFF)
    assert f"{rung.call_args.args[1]:%Y-%m-%dT%H}" == f"{NOW.date() + DAY}T20"
