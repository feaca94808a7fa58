"""One-time codes: who has the message gets in once, nobody else ever."""

from contextlib import suppress
from datetime import timedelta

import pytest

from tests.world import NOW
from visita.clients import codes
from visita.clients.actions import issue_code, try_code
from visita.clients.contacts import Contact
from visita.clients.models import CodePatience, OneTimeCode
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.messaging import one_time
from visita.messaging.tests.conftest import PHONE, Outbox, Tenant, ask

pytestmark = pytest.mark.usefixtures("now")


def check(tenant: Tenant, code: str, challenge: str = "page-1", ip: str = "192.0.2.1") -> None:
    """Try a code."""
    one_time.check(tenant.id, PHONE, "sign_in", challenge, code, ip)


def refused(tenant: Tenant, code: str, **more: str) -> Refusal:
    """Try a code that must not work."""
    with pytest.raises(Refusal) as caught:
        check(tenant, code, **more)
    return caught.value


def wrong(outbox: Outbox) -> str:
    """A code that is not the one sent."""
    return f"{(int(outbox.code) + 1) % 10**6:06d}"


def test_the_code_works_once(tenant: Tenant, outbox: Outbox) -> None:
    one_time.send(tenant.id, ask())
    check(tenant, f" {outbox.code[:3]} {outbox.code[3:]}\n")
    assert refused(tenant, outbox.code).code == "code_expired"


def test_it_is_kept_as_a_keyed_hash_only(tenant: Tenant, outbox: Outbox) -> None:
    one_time.send(tenant.id, ask())
    with scope(tenant.id):
        row = str(OneTimeCode.objects.values().get())
    assert outbox.code not in row and "721555" not in row and "page-1" not in row


def test_another_page_another_purpose_another_organization_and_a_later_code(
    tenant: Tenant, stranger: Tenant, outbox: Outbox
) -> None:
    one_time.send(tenant.id, ask())
    first = outbox.code
    assert refused(tenant, first, challenge="page-2").code == "code_expired"
    with pytest.raises(Refusal):
        one_time.check(tenant.id, PHONE, "find", "page-1", first, None)
    with pytest.raises(Refusal):
        one_time.check(stranger.id, PHONE, "sign_in", "page-1", first, None)
    one_time.send(tenant.id, ask())
    if outbox.code != first:
        assert refused(tenant, first).code == "code_wrong"
    check(tenant, outbox.code)


def test_it_lives_ten_minutes(tenant: Tenant, outbox: Outbox) -> None:
    one_time.send(tenant.id, ask())
    with clock.at(NOW + codes.LIFE):
        assert refused(tenant, outbox.code).code == "code_expired"


def test_five_tries_and_the_right_one_comes_too_late(tenant: Tenant, outbox: Outbox) -> None:
    one_time.send(tenant.id, ask())
    left = [refused(tenant, wrong(outbox)).extra["left"] for _ in range(codes.TRIES)]
    assert left == [4, 3, 2, 1, 0]
    late = refused(tenant, outbox.code)
    assert (late.code, late.status, late.extra["retry_after"]) == ("too_many_tries", 429, 600)


def test_ten_wrong_tries_make_the_contact_wait_and_each_ten_longer(tenant: Tenant, outbox: Outbox) -> None:
    now, waits = NOW, []
    for _round in range(8):
        for _code in range(2):
            with clock.at(now):
                code = _issue(tenant)
                for _try in range(codes.TRIES):
                    with pytest.raises(Refusal):
                        try_code(tenant.id, PHONE, "sign_in", "page-1", f"{(int(code) + 1) % 10**6:06d}")
        with clock.at(now), pytest.raises(Refusal) as caught:
            try_code(tenant.id, PHONE, "sign_in", "page-1", _issue(tenant))
        waits.append(caught.value.extra["retry_after"] // 60)
        now += timedelta(minutes=waits[-1])
    assert waits == [30, 60, 120, 240, 480, 960, 1440, 1440]
    with clock.at(now):
        try_code(tenant.id, PHONE, "sign_in", "page-1", _issue(tenant))  # never locked out
    with scope(tenant.id):
        assert not CodePatience.objects.exists()


def _issue(tenant: Tenant) -> str:
    return issue_code(tenant.id, PHONE, "sign_in", "page-1")


def test_a_thousand_guesses_hit_nothing(tenant: Tenant, outbox: Outbox) -> None:
    """A patient machine: a new code whenever it may, every guess it may, for a day, from addresses without end."""
    compared = 0
    for hour in range(24):
        with clock.at(NOW + timedelta(hours=hour)):
            for turn in range(42):
                ip = f"198.51.{hour}.{turn}"
                with suppress(Refusal):
                    one_time.send(tenant.id, ask(ip=ip))
                try:
                    check(tenant, wrong(outbox), ip=ip)
                except Refusal as refusal:
                    compared += refusal.code == "code_wrong"
    assert compared <= 50  # of 1,008 guesses; each has one chance in a million
    assert len(outbox.sent) <= 10  # five a day, and the hours span midnight


def test_one_address_has_twenty_wrong_tries_an_hour(tenant: Tenant, outbox: Outbox) -> None:
    answers = []
    for number in range(25):
        contact = Contact("email", f"c{number}@example.org")
        with pytest.raises(Refusal) as caught:
            one_time.check(tenant.id, contact, "sign_in", "page-1", "000000", "192.0.2.9")
        answers.append(caught.value.status)
    assert answers == [400] * 20 + [429] * 5


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "\x00", "١٢", "9" * 500, "\ud800"])
def test_nonsense_is_a_wrong_try(tenant: Tenant, outbox: Outbox, typed: str) -> None:
    one_time.send(tenant.id, ask())
    assert refused(tenant, typed).code == "code_wrong"


def test_a_stranger_gets_the_same_and_no_message(tenant: Tenant, outbox: Outbox) -> None:
    one_time.send(tenant.id, ask(), known=False)
    assert outbox.sent == []
    assert refused(tenant, "000000").code == "code_wrong"
