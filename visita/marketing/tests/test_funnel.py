"""Counting steps: sums that add up, by date of the organization, of a bounded number of kinds."""

from datetime import UTC, date, datetime

import pytest

from tests.tenants import fresh
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.marketing import queries
from visita.marketing.actions import count_steps
from visita.marketing.funnel import CHANNELS, Visitor, channel, device

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148"
WHO = Visitor("page", "en", "phone")


@pytest.mark.parametrize(
    ("agent", "kind"),
    [
        (PHONE, "phone"),
        ("Mozilla/5.0 (Linux; Android 14; Pixel 8) Mobile Safari", "phone"),
        ("Mozilla/5.0 (Linux; Android 14; SM-X710) Safari", "tablet"),
        ("Mozilla/5.0 (iPad; CPU OS 16_0 like Mac OS X)", "tablet"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140", "desktop"),
        ("Googlebot/2.1", ""),
        ("TelegramBot (like TwitterBot)", ""),
        ("", ""),
    ],
)
def test_devices_are_told_apart_and_programs_left_out(agent: str, kind: str) -> None:
    assert device(agent) == kind


def test_a_channel_is_one_of_a_few() -> None:
    assert channel("") == "" and channel("Google_Ads") == "google" and channel("instagram") == "instagram"
    assert {channel(f"made-up-{number}") for number in range(50)} == {"other"} <= set(CHANNELS)


def test_steps_add_up(db: None) -> None:
    tenant = fresh()
    with clock.at(datetime(2026, 11, 22, 22, 30, tzinfo=UTC)):  # half past midnight in Bucharest
        for steps in (["view", "service"], ["view"], ["booked"]):
            count_steps(tenant.id, steps, WHO)
        count_steps(tenant.id, ["view"], Visitor("widget", "ro", "desktop", "google"))
    monday = date(2026, 11, 23)
    with scope(tenant.id):
        by_door = {one.name: one.steps for one in queries.by("door", monday, monday)}
        assert by_door == {"page": (2, 0, 1, 0, 0, 1), "widget": (1, 0, 0, 0, 0, 0)}
        whole = queries.total(queries.by("day", monday, monday))
        assert whole.steps[0] == 3 and whole.share == pytest.approx(1 / 3)
        assert queries.by("door", date(2026, 11, 22), date(2026, 11, 22)) == []
        assert queries.total([]).share is None


def test_others_see_nothing_of_it(db: None) -> None:
    mine, other = fresh(), fresh()
    count_steps(mine.id, ["view"], WHO)
    with scope(other.id):
        assert queries.by("door", date(2000, 1, 1), date(2100, 1, 1)) == []
