"""Bots at one-time codes: none is guessed, no budget is run over, and people of another country still get theirs (S6, S7).

`FULL=1` tries 10,000 codes and asks 100,000 times (`make drill`).
"""

import os
import random
from collections import Counter

import pytest
from pytest_django.fixtures import Settings

from tests.tenants import Tenant, tenant
from tests.world import NOW, STAFF
from visita.clients.contacts import Contact
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.messaging import one_time
from visita.messaging.tests.conftest import PHONE, Outbox, ask, outbox
from visita.tenancy.actions import set_setting

__all__ = ["outbox", "tenant"]

FULL = os.environ.get("FULL") == "1"
TRIES, ASKS = (10_000, 100_000) if FULL else (300, 400)
CAP = 250 if FULL else 60  # codes a day to one country

pytestmark = pytest.mark.slow


def _code(run: object) -> str:
    try:
        run()  # type: ignore[operator]
    except Refusal as refusal:
        return refusal.code
    return "done"


def test_no_code_is_guessed(tenant: Tenant, outbox: Outbox) -> None:
    """Every hundredth try a new code is asked for; addresses change all the time."""
    chance, ends = random.Random(7), Counter[str]()
    with clock.at(NOW):
        one_time.send(tenant.id, ask(ip=None))
        for turn in range(TRIES):
            guess = f"{chance.randrange(10**6):06d}"
            if guess == outbox.code:
                continue
            if turn % 100 == 99:
                _code(lambda: one_time.send(tenant.id, ask(ip=None)))
            address = f"198.51.{turn // 250 % 250}.{turn % 250}"
            ends[_code(lambda: one_time.check(tenant.id, PHONE, "sign_in", "page-1", guess, address))] += 1  # noqa: B023
    assert ends["done"] == 0
    assert ends["code_wrong"] <= 10  # all others were not even compared


def test_asks_stay_within_the_budget_and_others_are_served(
    tenant: Tenant, outbox: Outbox, settings: Settings
) -> None:
    settings.RATE_LIMITS = True
    set_setting(tenant.id, "sms_countries", ["RO", "IT"], actor=STAFF)
    set_setting(tenant.id, "sms_codes_a_day_and_country", CAP, actor=STAFF)
    with clock.at(NOW):
        for turn in range(ASKS):
            phone = Contact("phone", f"+4072{turn % 10**7:07}")
            address = f"198.{18 + turn // 62_500 % 2}.{turn // 250 % 250}.{turn % 250}"
            _code(lambda: one_time.send(tenant.id, ask(contact=phone, ip=address)))  # noqa: B023
        assert len(outbox.sent) == CAP
        one_time.send(tenant.id, ask(contact=Contact("phone", "+393201234567"), ip="203.0.113.9"))
    assert len(outbox.sent) == CAP + 1
