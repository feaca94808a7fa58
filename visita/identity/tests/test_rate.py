"""Counting requests in fixed windows."""

from datetime import UTC, datetime, timedelta

import pytest

from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.identity.models import RateCounter
from visita.identity.rate import Limit, hit, sweep

NOON = datetime(2026, 11, 22, 12, 0, 30, tzinfo=UTC)
LIMIT = Limit(2, 10)


def test_over_the_limit_it_says_how_long_to_wait(db: None) -> None:
    with clock.at(NOON):
        hit(LIMIT, 1, "availability", "192.0.2.1")
        hit(LIMIT, 1, "availability", "192.0.2.1")
        with pytest.raises(Refusal) as caught:
            hit(LIMIT, 1, "availability", "192.0.2.1")
    assert (caught.value.status, caught.value.extra["retry_after"]) == (429, 570)


def test_others_routes_organizations_and_windows_count_apart(db: None) -> None:
    once = Limit(1, 10)
    with clock.at(NOON):
        hit(once, 1, "availability", "192.0.2.1")
        hit(once, 1, "availability", "192.0.2.2")
        hit(once, 1, "bookings", "192.0.2.1")
        hit(once, 2, "availability", "192.0.2.1")
    with clock.at(NOON + timedelta(minutes=10)):
        hit(once, 1, "availability", "192.0.2.1")


def test_no_address_is_stored_and_old_counters_go(db: None) -> None:
    RateCounter.objects.all().delete()  # what tests with real commits may have left in this database
    with clock.at(NOON):
        hit(LIMIT, 1, "availability", "192.0.2.1")
        assert "192" not in RateCounter.objects.get().key
        assert sweep() == 0
    with clock.at(NOON + timedelta(days=3)):
        assert sweep() == 1
