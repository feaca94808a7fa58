"""The example businesses: each can be made and filled, and a later start adds only what is missing."""

import json
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings

from visita.bookings.models import Visit
from visita.demo import accounts, filling, notebook, populate, world
from visita.demo.businesses import BUSINESSES
from visita.demo.businesses.delancey import DELANCEY
from visita.demo.founding import found
from visita.demo.people import told
from visita.demo.plan import Business
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.identity import access
from visita.tenancy import queries
from visita.tenancy.models import Organization

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SMALL = replace(
    DELANCEY, clients=6, staff=(*DELANCEY.staff[:1], replace(DELANCEY.staff[1], second_factor=True))
)


@pytest.fixture
def folder(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder; three days around today are filled, not five weeks."""
    settings.VISITA_DATA = tmp_path
    monkeypatch.setattr(filling, "BACK", 1)
    monkeypatch.setattr(filling, "AHEAD", 1)
    return tmp_path


def visits(business: Business = SMALL) -> int:
    organization = queries.by_slug(business.slug)
    assert organization is not None
    with scope(organization.pk):
        return Visit.objects.count()


def test_the_businesses_differ() -> None:
    assert len({business.slug for business in BUSINESSES}) == len(BUSINESSES) >= 5
    assert len({business.zone for business in BUSINESSES}) >= 5
    assert any(len(business.places) > 1 for business in BUSINESSES)
    assert sum(staff.second_factor for business in BUSINESSES for staff in business.staff) == 1
    roles = [{staff.role for staff in business.staff} for business in BUSINESSES]
    assert all({"owner", "reception", "specialist"} <= each for each in roles)


@pytest.mark.slow
@pytest.mark.parametrize("business", BUSINESSES, ids=lambda business: business.slug)
def test_every_business_is_busy_even_on_a_sunday(db: None, business: Business) -> None:
    """Whoever opens on Sundays; the others on the Monday after."""
    sunday = NOON + timedelta(days=5)
    organization, _made = found(replace(business, clients=8))
    with scope(organization.pk):
        loaded = world.load(business, organization)
    day = sunday if loaded.duties(sunday.date()) else sunday + timedelta(days=1)
    with clock.at(day):
        assert filling.fill(loaded, day.date(), day) >= (5 if business.around[0] > 7 else 1)


def test_people_are_the_same_every_time() -> None:
    assert [told(SMALL, number) for number in range(9)] == [told(SMALL, number) for number in range(9)]


def test_a_second_start_adds_nothing(db: None, folder: Path) -> None:
    with clock.at(NOON):
        first = populate.ensure("http://127.0.0.1:8000", (SMALL,))
        count = visits()
        second = populate.ensure("http://127.0.0.1:8001", (SMALL,))
    assert first.booked > 0 == second.booked and visits() == count
    assert first.opened == second.opened
    assert "http://127.0.0.1:8001/delancey/" in str(second) and accounts.PASSWORD in str(second)


def test_a_later_start_fills_the_days_that_came(db: None, folder: Path) -> None:
    with clock.at(NOON):
        populate.ensure("http://x", (SMALL,))
    count = visits()
    with clock.at(NOON + timedelta(days=2)):
        populate.ensure("http://x", (SMALL,))
    assert visits() > count
    organization = queries.by_slug(SMALL.slug)
    assert organization is not None
    midnight = datetime(2026, 11, 26, tzinfo=ZoneInfo(SMALL.zone))
    with scope(organization.pk):
        gone = Visit.objects.filter(e__lte=clock.to_minute(midnight)).values_list("status", flat=True)
        assert set(gone) <= {"completed", "no_show", "cancelled"}


def test_what_an_older_version_founded_without_is_passed_over(db: None, folder: Path) -> None:
    kept, *others = DELANCEY.services
    two = replace(kept, by=kept.by[:2])
    before = replace(SMALL, services=(two,), calendars=SMALL.calendars[:2])
    with clock.at(NOON):
        populate.ensure("http://x", (before,))
    count = visits()
    with clock.at(NOON + timedelta(days=2)):
        populate.ensure("http://x", (SMALL,))
    assert others and visits() > count


def test_demo_json_is_exact_and_private(db: None, folder: Path) -> None:
    with clock.at(NOON):
        populate.ensure("http://127.0.0.1:8000", (SMALL,))
    path = folder / "demo.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    written = json.loads(path.read_text())
    assert list(written) == ["base_url", "organizations", "sign_ins"]
    assert list(written["organizations"][0]) == ["slug", "name", "trade", "language", "zone", "api_key"]
    fields = {"email", "password", "role", "organization"}
    assert [set(each) for each in written["sign_ins"]] == [fields, fields | {"totp_secret"}]
    assert access.key_owner(written["organizations"][0]["api_key"]) is not None


def test_a_lost_or_broken_notebook_costs_a_new_key_only(db: None, folder: Path) -> None:
    with clock.at(NOON):
        first = populate.ensure("http://x", (SMALL,)).opened[0]
        (folder / "demo.json").write_text("{")
        second = populate.ensure("http://x", (SMALL,)).opened[0]
    assert first.api_key != second.api_key and first.sign_ins == second.sign_ins
    assert notebook.known_keys(folder / "nowhere.json") == {}


def test_a_start_that_was_interrupted_is_finished(db: None, folder: Path) -> None:
    from visita.demo import founding

    founding._organization(SMALL)  # the process died right after this commit
    with clock.at(NOON):
        assert populate.ensure("http://x", (SMALL,)).booked > 0
    assert Organization.objects.filter(slug=SMALL.slug).count() == 1
