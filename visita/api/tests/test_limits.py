"""Limits without a key, and who is free of them."""

import pytest
from pytest_django.fixtures import Settings

from tests import world
from visita.api.limits import Reads
from visita.api.tests.conftest import Program, booking, key
from visita.foundation.errors import Refusal
from visita.tenancy.actions import set_setting


@pytest.fixture
def limited(settings: Settings) -> None:
    """One booking an hour, two tries of a manage link."""
    settings.RATE_LIMITS = True
    settings.API_LIMITS = {"book": (1, 60), "manage": (1, 10)}


def test_bookings_are_limited_and_say_when(anyone: Program, limited: None) -> None:
    path = f"/organizations/{anyone.clinic.slug}/bookings"
    anyone.ask("POST", path, booking(anyone.clinic), 201, Idempotency_Key="a")
    later = booking(anyone.clinic, "2026-11-23T10:00:00+02:00")
    answer = anyone.send("POST", path, later, Idempotency_Key="b")
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert anyone.refused("POST", path, later, Idempotency_Key="b") == (429, "slow_down")


def test_refusals_and_repeats_use_nothing_up(anyone: Program, settings: Settings) -> None:
    settings.RATE_LIMITS, settings.API_LIMITS = True, {"book": (2, 60)}
    path = f"/organizations/{anyone.clinic.slug}/bookings"
    anyone.ask("POST", path, booking(anyone.clinic), 201, Idempotency_Key="a")
    for at in range(4):
        assert anyone.refused("POST", path, booking(anyone.clinic), Idempotency_Key=f"b{at}") == (
            409,
            "slot_taken",
        )
    anyone.ask("POST", path, booking(anyone.clinic), 201, Idempotency_Key="a")
    later = booking(anyone.clinic, "2026-11-23T10:00:00+02:00")
    booked = anyone.ask("POST", path, later, 201, Idempotency_Key="c")
    assert anyone.refused("POST", path, later, Idempotency_Key="d") == (429, "slow_down")
    told = anyone.ask("POST", path, later, 201, Idempotency_Key="c")
    assert told == booked  # over the limit, and told again all the same


def test_tries_have_a_limit_of_their_own(
    anyone: Program, limited: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("visita.api.limits.TRIES", 1)
    path = f"/organizations/{anyone.clinic.slug}/bookings"
    anyone.ask("POST", path, booking(anyone.clinic), 201, Idempotency_Key="a")
    assert anyone.refused("POST", path, booking(anyone.clinic), Idempotency_Key="b") == (429, "slow_down")


def test_a_key_of_the_organization_is_exempt(anyone: Program, limited: None) -> None:
    path = f"/organizations/{anyone.clinic.slug}/bookings"
    anyone.ask("POST", path, booking(anyone.clinic), 201, Idempotency_Key="a")
    later = booking(anyone.clinic, "2026-11-23T10:00:00+02:00")
    with_key = {"Authorization": f"Bearer {key(anyone.clinic)}"}
    anyone.ask("POST", path, later, 201, Idempotency_Key="b", **with_key)
    bad = {"Authorization": "Bearer AAAAAAAA-nothing"}
    assert anyone.refused("POST", path, later, Idempotency_Key="c", **bad) == (429, "slow_down")


def test_tries_of_manage_links_are_limited(anyone: Program, limited: None) -> None:
    path = f"/organizations/{anyone.clinic.slug}/bookings"
    booked = anyone.ask("POST", path, booking(anyone.clinic), 201, Idempotency_Key="a")
    token = booked["manage_token"][:9] + "guess"
    assert anyone.refused("GET", f"/bookings/{booked['code']}", X_Manage_Token=token)[0] == 404
    assert anyone.refused("GET", f"/bookings/{booked['code']}", X_Manage_Token=token)[0] == 429


def test_drills_switch_limits_off(anyone: Program, limited: None, settings: Settings) -> None:
    settings.RATE_LIMITS = False
    for at in range(3):
        body = booking(anyone.clinic, f"2026-11-23T1{at}:00:00+02:00")
        anyone.ask(
            "POST", f"/organizations/{anyone.clinic.slug}/bookings", body, 201, Idempotency_Key=str(at)
        )


def test_reads_are_counted_by_the_minute(now: None) -> None:
    reads = Reads()
    for _turn in range(2):
        reads.count("a", 2)
    with pytest.raises(Refusal) as refused:
        reads.count("a", 2)
    assert (refused.value.code, refused.value.extra["retry_after"]) == ("slow_down", 60)
    reads.count("b", 2)


def test_bookings_of_an_own_program_are_not_counted(anyone: Program) -> None:
    """A call centre's program has one address for all its callers (BK-07)."""
    set_setting(anyone.clinic.id, "network_daily_limit", 1, actor=world.STAFF)
    set_setting(anyone.clinic.id, "contact_daily_limit", 1, actor=world.STAFF)
    path, own = (
        f"/organizations/{anyone.clinic.slug}/bookings",
        {"Authorization": f"Bearer {key(anyone.clinic)}"},
    )
    wanted = [booking(anyone.clinic, f"2026-11-23T{hour:02}:00:00+02:00") for hour in (9, 10, 11, 14)]
    for at in (0, 1):
        anyone.ask("POST", path, wanted[at], 201, Idempotency_Key=f"own{at}", **own)
    anyone.ask("POST", path, wanted[2], 201, Idempotency_Key="c")
    assert anyone.refused("POST", path, wanted[3], Idempotency_Key="d") == (429, "too_many_bookings")
