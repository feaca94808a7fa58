"""Three trades of the demo by their own ways on a phone: by city, with a plate, after a question.

All of them, without a browser: `visita/demo/tests/test_booked.py`.
"""

from typing import Any

import pytest

from tests.journeys import booking
from tests.journeys.cast import example
from tests.journeys.conftest import Windows
from tests.journeys.phones import TYPED
from tests.journeys.watching import PHONE
from visita.demo.businesses.belvedere import BELVEDERE
from visita.demo.businesses.brio import BRIO
from visita.demo.businesses.tukipiste import TUKIPISTE
from visita.demo.plan import Business

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_HAND: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}


@pytest.mark.parametrize("business", (BELVEDERE, BRIO, TUKIPISTE), ids=lambda business: business.trade)
def test_a_visit_is_booked(business: Business, windows: Windows) -> None:
    house = example(business)
    page = windows(**_HAND).open(f"/{house.slug}/")
    booking.choose_first_service(page)
    booking.hold(page, booking.nearest(page))
    booking.fill(page, business.people.women[0], business.people.last[0][0], TYPED[business.country])
    booking.confirm(page)
