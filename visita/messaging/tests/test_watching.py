"""Few codes typed in trips the alert, once an hour; people who type theirs do not."""

import logging
from datetime import timedelta

import pytest

from tests.world import NOW
from visita.activity.models import Activity
from visita.clients.contacts import Contact
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.messaging import one_time, verbs
from visita.messaging.actions import watch_codes
from visita.messaging.actions.watch_codes import LEAST
from visita.messaging.tests.conftest import Outbox, Tenant, ask


def _codes(tenant: Tenant, outbox: Outbox, count: int, used: int) -> None:
    """So many codes to as many phones, so many of them typed in."""
    with clock.at(NOW):
        for at in range(count):
            phone = Contact("phone", f"+407210{at:05}")
            one_time.send(tenant.id, ask(contact=phone, ip=None))
            if at < used:
                one_time.check(tenant.id, phone, "sign_in", "page-1", outbox.code, None)


def _events(tenant: Tenant) -> int:
    with scope(tenant.id):
        return Activity.objects.filter(verb=verbs.CODES_UNUSED).count()


def test_a_flood_trips_the_alert_once_an_hour(
    tenant: Tenant, outbox: Outbox, caplog: pytest.LogCaptureFixture
) -> None:
    _codes(tenant, outbox, LEAST + 1, used=4)
    with clock.at(NOW + timedelta(minutes=4)), caplog.at_level(logging.WARNING, "visita.messaging"):
        assert watch_codes(tenant.id) and watch_codes(tenant.id)
    assert _events(tenant) == 1 and f"of {LEAST + 1} codes" in caplog.text


def test_codes_that_never_left_are_no_flood(tenant: Tenant, outbox: Outbox) -> None:
    """Somebody tries made-up contacts: nothing is sent, so nothing is paid for."""
    with clock.at(NOW):
        for at in range(LEAST + 1):
            one_time.send(tenant.id, ask(contact=Contact("phone", f"+407210{at:05}"), ip=None), known=False)
    with clock.at(NOW + timedelta(minutes=4)):
        assert not watch_codes(tenant.id)


def test_an_ask_looks_by_itself(tenant: Tenant, outbox: Outbox) -> None:
    _codes(tenant, outbox, LEAST + 1, used=0)
    assert _events(tenant) == 0  # they are too young to judge by
    with clock.at(NOW + timedelta(minutes=4)):
        one_time.send(tenant.id, ask(ip=None))
    assert _events(tenant) == 1


@pytest.mark.parametrize(("count", "used"), [(LEAST, 4), (LEAST - 1, 0), (LEAST + 10, 20)])
def test_people_and_few_codes_do_not(tenant: Tenant, outbox: Outbox, count: int, used: int) -> None:
    _codes(tenant, outbox, count, used)
    with clock.at(NOW + timedelta(minutes=4)):
        assert not watch_codes(tenant.id)
    with clock.at(NOW + timedelta(hours=2)):
        assert not watch_codes(tenant.id)
