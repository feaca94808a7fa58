"""Specialties and services: what is kept, what must fit together, what is refused."""

from typing import Any

import pytest

from tests.tenants import Tenant
from visita.catalog import actions, queries
from visita.catalog.models import Service
from visita.catalog.policies import Need, Offer
from visita.foundation.actor import SYSTEM
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling.actions import add_resource


def somebody(tenant: Tenant, name: str = "Ana") -> int:
    return add_resource(tenant.id, name=name, location_ids=[tenant.location], actor=SYSTEM).pk


def service(tenant: Tenant, **fields: Any) -> Service:
    return actions.add_service(tenant.id, {"ro": "Consultație"}, actor=SYSTEM, **{"minutes": 30, **fields})


def test_a_service_with_everything(tenant: Tenant) -> None:
    ana, room, other = (somebody(tenant, name) for name in ("Ana", "Room", "Other room"))
    group = actions.add_specialty(tenant.id, {"ro": "Cardiologie"}, base_minutes=20, capacity=2, actor=SYSTEM)
    made = service(
        tenant,
        specialty_id=group.pk,
        minutes=None,
        multiplier=3,
        max_party=2,
        start_hours=[660, 600, 660],
        resources=[Offer(ana, minutes=45, price_minor=100)],
        requirements=[Need([other, room], {"ro": "Sală"})],
    )
    with scope(tenant.id):
        assert queries.service(made.pk).start_hours == [600, 660]
        offer = queries.offers([made.pk])[made.pk][0]
        assert (offer.resource_id, offer.minutes, offer.price_minor) == (ana, 45, 100)
        assert queries.needs([made.pk]) == {made.pk: [sorted([room, other])]}


def test_lists_are_replaced_where_given_and_kept_where_not(tenant: Tenant) -> None:
    ana, ion = somebody(tenant), somebody(tenant, "Ion")
    made = service(tenant, resources=[Offer(ana)], requirements=[Need([ion])])
    actions.change_service(tenant.id, made.pk, {"price_minor": 500}, actor=SYSTEM)
    with scope(tenant.id):
        assert [row.resource_id for row in queries.offers()[made.pk]] == [ana]
    actions.change_service(tenant.id, made.pk, {}, resources=[Offer(ion)], requirements=[], actor=SYSTEM)
    with scope(tenant.id):
        assert [row.resource_id for row in queries.offers()[made.pk]] == [ion]
        assert queries.needs([made.pk]) == {}
        assert queries.service(made.pk).price_minor == 500


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"minutes": None}, "bad_duration"),
        ({"minutes": 0}, "bad_duration"),
        ({"minutes": 2881}, "bad_duration"),
        ({"minutes": 2800, "buffer_after": 100}, "bad_duration"),
        ({"hole_minutes": 10}, "bad_duration"),
        ({"hole_after": 10, "hole_minutes": 20}, "bad_duration"),
        ({"max_party": 2}, "bad_number"),
        ({"price_minor": -1}, "bad_amount"),
        ({"price_minor": 1.5}, "bad_amount"),
        ({"capacity": 0}, "bad_number"),
        ({"kind": "lecture"}, "bad_choice"),
        ({"start_hours": [1440]}, "bad_number"),
        ({"specialty_id": 2**62}, "not_found"),
        ({"resources": [Offer(2**62)]}, "not_found"),
        ({"requirements": [Need([])]}, "required"),
        ({"description": {"ro": "x" * 5000}}, "too_long"),
    ],
)
def test_what_does_not_fit_is_refused(tenant: Tenant, fields: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        service(tenant, **fields)
    with scope(tenant.id):
        assert queries.services() == []


def test_a_resource_is_named_once(tenant: Tenant) -> None:
    ana = somebody(tenant)
    with pytest.raises(Refusal, match="bad_choice"):
        service(tenant, resources=[Offer(ana), Offer(ana)])


def test_nothing_of_another_organization_can_be_used(tenant: Tenant, stranger: Tenant) -> None:
    theirs = service(stranger)
    ana = somebody(stranger)
    group = actions.add_specialty(stranger.id, {"ro": "X"}, actor=SYSTEM)
    for fields in ({"resources": [Offer(ana)]}, {"requirements": [Need([ana])]}, {"specialty_id": group.pk}):
        with pytest.raises(Refusal, match="not_found"):
            service(tenant, **fields)
    with pytest.raises(Refusal, match="not_found"):
        actions.change_service(tenant.id, theirs.pk, {"price_minor": 1}, actor=SYSTEM)
    with pytest.raises(Refusal, match="not_found"):
        actions.change_specialty(tenant.id, group.pk, {"base_minutes": 10}, actor=SYSTEM)


def test_a_change_must_fit_what_stays(tenant: Tenant) -> None:
    made = service(tenant, minutes=60, hole_after=20, hole_minutes=20)
    with pytest.raises(Refusal, match="bad_duration"):
        actions.change_service(tenant.id, made.pk, {"minutes": 40}, actor=SYSTEM)


def test_a_specialty_changes(tenant: Tenant) -> None:
    group = actions.add_specialty(tenant.id, {"ro": "Cardiologie"}, actor=SYSTEM)
    changed = actions.change_specialty(tenant.id, group.pk, {"base_minutes": 15}, actor=SYSTEM)
    assert changed.base_minutes == 15 and changed.activity_id != group.activity_id
    with pytest.raises(Refusal, match="required"):
        actions.change_specialty(tenant.id, group.pk, {"name": {"ro": " "}}, actor=SYSTEM)


def test_staff_only_services_are_not_offered_online(tenant: Tenant) -> None:
    service(tenant, online=False)
    shown = service(tenant)
    with scope(tenant.id):
        assert queries.services(online_only=True) == [shown]
