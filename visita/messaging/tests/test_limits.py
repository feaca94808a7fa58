"""How many codes may be asked for, by whom and whereto."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

import pytest

from tests.world import NOW, STAFF
from visita.clients.contacts import Contact
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.messaging import limits, one_time, outgoing, work
from visita.messaging.message import Message
from visita.messaging.models import Delivery
from visita.messaging.tests.conftest import Outbox, Tenant, ask
from visita.tenancy.actions import set_setting
from visita.tenancy.models import Organization

pytestmark = pytest.mark.usefixtures("now")


def numbers(prefix: str = "+40721") -> Callable[[], Contact]:
    """Phone after phone."""
    each = count(100_000)
    return lambda: Contact("phone", f"{prefix}{next(each)}")


def refused(tenant: Tenant, **more: str | Contact | None) -> Refusal:
    """Ask for a code that must not be sent."""
    with pytest.raises(Refusal) as caught:
        one_time.send(tenant.id, ask(**more))
    return caught.value


def test_three_in_ten_minutes_and_five_a_day_to_one_phone(tenant: Tenant, outbox: Outbox) -> None:
    for minutes in (0, 1, 2, 10, 20):
        with clock.at(NOW + timedelta(minutes=minutes)):
            one_time.send(tenant.id, ask(ip=None))
        if minutes == 2:
            assert refused(tenant, ip=None).code == "too_many_tries"
    with clock.at(NOW + timedelta(hours=3)):
        assert refused(tenant, ip=None).status == 429
    assert len(outbox.sent) == 5


@pytest.mark.parametrize(
    "number",
    [
        "+40900123456",  # premium
        "+40213123456",  # a landline takes no message
        "+393201234567",  # another country
        "+447400123456",
    ],
)
def test_only_mobiles_of_allowed_countries(tenant: Tenant, outbox: Outbox, number: str) -> None:
    refusal = refused(tenant, contact=Contact("phone", number))
    assert (refusal.code, refusal.status, outbox.sent) == ("phone_not_supported", 422, [])


def test_more_countries_are_a_setting(tenant: Tenant, outbox: Outbox) -> None:
    set_setting(tenant.id, "sms_countries", ["RO", "IT"], actor=STAFF)
    one_time.send(tenant.id, ask(contact=Contact("phone", "+393201234567")))
    assert len(outbox.sent) == 1
    with pytest.raises(Refusal, match="bad_setting"):
        set_setting(tenant.id, "sms_countries", ["Romania"], actor=STAFF)


def test_bots_get_no_more_than_the_budget_and_another_country_is_still_served(
    tenant: Tenant, outbox: Outbox
) -> None:
    set_setting(tenant.id, "sms_countries", ["RO", "IT"], actor=STAFF)
    set_setting(tenant.id, "sms_codes_a_day_and_country", 20, actor=STAFF)
    set_setting(tenant.id, "sms_codes_a_day", 30, actor=STAFF)
    bot, italian = numbers(), numbers("+393201")
    for turn in range(300):
        try:
            one_time.send(tenant.id, ask(contact=bot(), ip=f"203.{turn // 200}.{turn % 200}.7"))
        except Refusal:
            continue
    assert len(outbox.sent) == 20
    for _turn in range(20):
        try:
            one_time.send(tenant.id, ask(contact=italian(), ip=None))
        except Refusal:
            continue
    assert len(outbox.sent) == 30
    with scope(tenant.id):
        assert Delivery.objects.count() == 30


def test_what_goes_nowhere_uses_up_nothing_of_all_sms(tenant: Tenant, outbox: Outbox) -> None:
    set_setting(tenant.id, "sms_a_day", 1, actor=STAFF)
    each = numbers()
    for _turn in range(2):
        one_time.send(tenant.id, ask(contact=each(), ip=None), known=False)
    one_time.send(tenant.id, ask(contact=each(), ip=None))
    assert len(outbox.sent) == 1
    for known in (True, False):  # whoever asks now hears the same
        with pytest.raises(Refusal) as refused:
            one_time.send(tenant.id, ask(contact=each(), ip=None), known=known)
        assert refused.value.code == "too_many_tries"


@pytest.mark.parametrize(
    ("zone", "evening", "hours"),
    [
        ("Europe/Bucharest", "2026-11-23T21:59", 24),
        ("Europe/Bucharest", "2027-03-28T20:59", 23),  # clocks go forward in that day
        ("Europe/Bucharest", "2026-10-25T21:59", 25),
        ("America/New_York", "2026-11-24T04:59", 24),
        ("Africa/Cairo", "2026-04-23T21:59", 24),  # the day after begins at one o'clock
    ],
)
def test_the_budget_is_of_the_organizations_day(
    tenant: Tenant, outbox: Outbox, zone: str, evening: str, hours: int
) -> None:
    with scope(tenant.id):
        Organization.objects.filter(pk=tenant.id).update(zone=zone)
    set_setting(tenant.id, "sms_a_day", 1, actor=STAFF)
    last, phone = datetime.fromisoformat(f"{evening}:00+00:00"), numbers()
    first = last - timedelta(hours=hours, minutes=-1)
    for moment, left in (
        (first - timedelta(minutes=1), 1),
        (first, 1),
        (last, 0),
        (last + timedelta(minutes=1), 1),
    ):
        with clock.at(moment), scope(tenant.id):
            assert limits.would_hinder(phone()) == ("" if left else limits.BUDGET), moment
            assert limits.spent() is (not left)
            assert limits.hindrance(phone()) == ("" if left else limits.BUDGET)
            assert limits.spent()


def test_one_neighbourhood_has_thirty_an_hour(tenant: Tenant, outbox: Outbox) -> None:
    each = numbers()
    for turn in range(60):
        try:
            one_time.send(tenant.id, ask(contact=each(), ip=f"192.0.2.{turn}"))
        except Refusal as refusal:
            assert refusal.code == "too_many_tries"
    assert len(outbox.sent) == 30


def test_after_three_codes_the_browser_works_or_the_visitor_waits(tenant: Tenant, outbox: Outbox) -> None:
    each = numbers()
    for _turn in range(3):
        one_time.send(tenant.id, ask(contact=each()))
    note = refused(tenant, contact=each()).extra["work"]
    assert refused(tenant, contact=each(), work=note, answer="x").code == "work_needed"
    answer = solve(note)
    one_time.send(tenant.id, ask(contact=each(), work=note, answer=answer))
    assert refused(tenant, contact=each(), work=note, answer=answer).code == "work_needed"  # each once
    note = refused(tenant, contact=each()).extra["work"]
    with clock.at(NOW + timedelta(seconds=work.WAIT)):
        one_time.send(tenant.id, ask(contact=each(), work=note))
    assert len(outbox.sent) == 5


def solve(note: str) -> str:
    """What the browser does."""
    for number in count():
        found = hashlib.sha256(f"{note}:{number}".encode()).digest()
        if int.from_bytes(found[:4], "big") >> (32 - work.BITS) == 0:
            return str(number)
    raise AssertionError


def test_a_puzzle_of_another_organization_is_worth_nothing(tenant: Tenant, stranger: Tenant) -> None:
    with scope(stranger.id):
        note = work.puzzle()
    with scope(tenant.id), clock.at(NOW + timedelta(minutes=5)):
        assert not work.done(note, "") and not work.done("forged", "1")


def test_neighbourhoods() -> None:
    assert limits.network("192.0.2.77") == "192.0.2.0/24"
    assert limits.network("2001:db8::1") == limits.network("2001:db8::ffff") == "2001:db8::/64"


def test_a_subscriber_with_a_whole_network_has_no_more_tries(tenant: Tenant, outbox: Outbox) -> None:
    one_time.send(tenant.id, ask(ip=None))
    for number in range(20):
        with pytest.raises(Refusal, match="code"):
            one_time.check(
                tenant.id,
                Contact("phone", f"+4072100{number:04}"),
                "sign_in",
                "x",
                "1",
                f"2001:db8::{number:x}",
            )
    with pytest.raises(Refusal) as caught:
        one_time.check(tenant.id, Contact("phone", "+40721009999"), "sign_in", "x", "1", "2001:db8::ffff")
    assert caught.value.code == "too_many_tries"


def test_notices_by_sms_are_counted_like_everything_else(tenant: Tenant, outbox: Outbox) -> None:
    set_setting(tenant.id, "sms_a_day", 2, actor=STAFF)
    for number in range(4):
        told = Message("sms", "+40721555014", "en", "", "Changed", "contact_changed", f"notice {number}")
        outgoing.post(tenant.id, told, "+40 ••• 014")
    with scope(tenant.id):
        states = list(Delivery.objects.order_by("id").values_list("state", flat=True))
    assert len(outbox.sent) == 2 and states == ["sent", "sent", "withheld", "withheld"]
