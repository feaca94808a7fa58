"""The clinic at a fixed hour, for every test of bookings."""

from collections.abc import Iterator

import pytest

from tests.world import NOW, Clinic, clinic
from visita.foundation import clock


@pytest.fixture
def cast(db: None) -> Iterator[Clinic]:
    """A clinic; the clock stands at NOW."""
    with clock.at(NOW):
        yield clinic()
