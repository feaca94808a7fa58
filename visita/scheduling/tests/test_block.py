"""Blocking time and giving it back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from tests.tenants import Tenant
from visita.foundation import clock
from visita.foundation.actor import SYSTEM
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling import actions, queries
from visita.scheduling.models import Allocation

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def people(tenant: Tenant) -> list[int]:
    """Two resources."""
    return [
        actions.add_resource(tenant.id, name=name, location_ids=[tenant.location], actor=SYSTEM).pk
        for name in ("Ana", "Ion")
    ]


def block(tenant: Tenant, who: list[int], start: datetime = NOON, length: timedelta = HOUR) -> list[int]:
    return actions.block(tenant.id, who, tenant.location, start, start + length, note="Meeting", actor=SYSTEM)


def test_a_block_claims_and_an_unblock_frees(tenant: Tenant, people: list[int]) -> None:
    ids = block(tenant, people)
    with scope(tenant.id):
        found = queries.blocks(people, clock.to_minute(NOON), clock.to_minute(NOON + HOUR))
    assert [row.pk for row in found] == ids and {row.note for row in found} == {"Meeting"}
    with pytest.raises(Refusal, match="slot_taken"):
        block(tenant, people[:1], NOON + HOUR / 2)
    actions.unblock(tenant.id, ids, actor=SYSTEM)
    block(tenant, people[:1], NOON + HOUR / 2)


def test_blocks_may_touch(tenant: Tenant, people: list[int]) -> None:
    block(tenant, people)
    block(tenant, people, NOON + HOUR)


def test_all_or_none(tenant: Tenant, people: list[int]) -> None:
    block(tenant, people[:1])
    with pytest.raises(Refusal, match="slot_taken"):
        block(tenant, people)
    with scope(tenant.id):
        assert Allocation.objects.filter(resource_id=people[1]).count() == 0


def test_a_long_block_is_several_claims(tenant: Tenant, people: list[int]) -> None:
    ids = block(tenant, people[:1], length=timedelta(days=5))
    assert len(ids) == 3
    actions.unblock(tenant.id, ids, actor=SYSTEM)
    with scope(tenant.id):
        assert Allocation.objects.filter(live=True).count() == 0


def test_a_hold_that_ran_out_is_no_obstacle(tenant: Tenant, people: list[int]) -> None:
    minute = clock.to_minute(NOON)
    with scope(tenant.id), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO scheduling_allocation (organization_id, resource_id, location_id, kind, s, e, seats, live,"
            " expires_at, hold, role, overbooked, note) VALUES (%s, %s, %s, 'hold', %s, %s, '[1,)', true, %s, 'x', 0,"
            " false, '')",
            [tenant.id, people[0], tenant.location, minute, minute + 30, NOON - HOUR],
        )
    with clock.at(NOON - 2 * HOUR), pytest.raises(Refusal, match="slot_taken"):
        block(tenant, people)
    with clock.at(NOON - HOUR):
        assert len(block(tenant, people)) == 2


@pytest.mark.parametrize(
    ("start", "length"),
    [
        (NOON.replace(tzinfo=None), HOUR),
        (NOON, timedelta(0)),
        (NOON, -HOUR),
        (NOON, timedelta(days=61)),
        (datetime(1, 1, 2, tzinfo=UTC), HOUR),
        (datetime(9998, 1, 2, tzinfo=UTC), HOUR),
    ],
)
def test_times_that_make_no_sense(
    tenant: Tenant, people: list[int], start: datetime, length: timedelta
) -> None:
    with pytest.raises(Refusal, match="bad_datetime"):
        block(tenant, people, start, length)


def test_nobody_to_block_is_refused(tenant: Tenant) -> None:
    with pytest.raises(Refusal, match="required"):
        block(tenant, [])


def test_anothers_block_is_not_found(tenant: Tenant, stranger: Tenant, people: list[int]) -> None:
    ids = block(tenant, people)
    with pytest.raises(Refusal, match="not_found"):
        actions.unblock(stranger.id, ids, actor=SYSTEM)
    with pytest.raises(Refusal, match="not_found"):
        actions.unblock(tenant.id, [], actor=SYSTEM)
    with pytest.raises(Refusal, match="not_found"):
        actions.block(stranger.id, people, stranger.location, NOON, NOON + HOUR, actor=SYSTEM)
