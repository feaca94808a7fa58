"""Time is blocked over a visit while somebody books beside that visit: the block lies on no seat that is sold, so it is the
reading under the lock that must see it."""

import pytest

from tests.races.test_hours import booked_across
from tests.world import STAFF, Clinic, at, person, request
from visita.bookings import actions
from visita.foundation.errors import Refusal
from visita.scheduling import actions as scheduling
from visita.scheduling import claims

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("committed_db")]


def _blocked(home: Clinic) -> None:
    """Ten to eleven with Ana, over a visit at half past ten that somebody agreed to keep."""
    other = person("Ion", "Rusu", phone="")  # one client's bookings wait for each other
    actions.book(home.id, request(home, at(10, 30), who=home.ana, client=other), STAFF)
    with pytest.raises(Refusal, match="visits_stranded") as asked:
        scheduling.block(home.id, [home.ana], home.location, at(10), at(11), actor=STAFF)
    token = asked.value.extra["token"]
    scheduling.block(home.id, [home.ana], home.location, at(10), at(11), actor=STAFF, agreed=token)


def test_nobody_is_booked_into_time_blocked_meanwhile() -> None:
    assert booked_across(_blocked) == "slot_taken"


def test_looking_at_visits_alone_under_the_lock_would_sell_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the constraint alone lets the block and the booking stand beside each other."""
    visits_alone = claims._READ.replace(" AND live AND ", " AND live AND kind <> 'block' AND ")
    assert visits_alone != claims._READ
    monkeypatch.setattr(claims, "_READ", visits_alone)
    assert booked_across(_blocked) == "won"
