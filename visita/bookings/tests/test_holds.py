"""What a client's hold gives: the time as it was offered when the hold was made, and nothing more."""

import pytest

from tests.world import CLIENT, STAFF, Clinic, at, request
from visita.bookings import actions
from visita.bookings.requests import Booked, HoldRequest, Item
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.tenancy import actions as tenancy


def test_a_hold_of_one_service_gives_no_shorter_notice_for_another(cast: Clinic) -> None:
    days = 60 * 24
    tenancy.set_setting(
        cast.id, "lead_minutes", 3 * days, actor=STAFF, scope_kind="service", scope_id=cast.scan
    )
    held = actions.hold(cast.id, HoldRequest((Item(cast.visit, cast.ana, at(9)),)), CLIENT)
    with pytest.raises(Refusal, match="notice_required"):
        actions.book(cast.id, request(cast, at(9), cast.scan, cast.ana, hold=held.token), CLIENT)


@pytest.mark.parametrize("in_class", [False, True])
def test_the_notice_may_run_out_while_the_client_types(cast: Clinic, in_class: bool) -> None:
    service = cast.yoga if in_class else cast.visit
    if in_class:
        actions.add_session(cast.id, cast.yoga, cast.location, at(14), [cast.ana], actor=STAFF)
    tenancy.set_setting(cast.id, "lead_minutes", 60, actor=STAFF)
    with clock.at(at(12, 59)):
        held = actions.hold(cast.id, HoldRequest((Item(service, None, at(14)),)), CLIENT)
    with clock.at(at(13, 3)):
        wanted = request(cast, at(14), service, cast.ana if in_class else None, hold=held.token)
        assert isinstance(actions.book(cast.id, wanted, CLIENT), Booked)
