"""Resources, their weekly plans and single dates."""

from datetime import date

import pytest

from tests.tenants import Tenant
from visita.activity.models import Activity
from visita.foundation.actor import SYSTEM
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling import actions, queries, verbs
from visita.scheduling.models import Resource, WorkingException
from visita.scheduling.policies import Pattern

SINCE, DAY = date(2026, 1, 5), date(2026, 12, 1)
MORNING, EVENING = Pattern(0, 540, 720, SINCE), Pattern(0, 780, 1020, SINCE)


@pytest.fixture
def ana(tenant: Tenant) -> Resource:
    """Somebody at the location."""
    return actions.add_resource(tenant.id, name="Ana", location_ids=[tenant.location], actor=SYSTEM)


def test_a_resource_stands_at_its_locations(tenant: Tenant, ana: Resource) -> None:
    with scope(tenant.id):
        assert queries.resources(tenant.location) == [ana] == queries.resources()
        assert queries.resources(tenant.location + 1) == []


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [("name", " ", "required"), ("kind", "ghost", "bad_choice"), ("color", "red", "color_invalid")],
)
def test_a_resource_that_cannot_be_kept(tenant: Tenant, field: str, value: str, code: str) -> None:
    fields = {"name": "Ana", field: value}
    with pytest.raises(Refusal, match=code):
        actions.add_resource(tenant.id, location_ids=[tenant.location], actor=SYSTEM, **fields)  # type: ignore[arg-type]


def test_a_resource_changes_with_its_version(tenant: Tenant, ana: Resource) -> None:
    changed = actions.change_resource(tenant.id, ana.pk, {"online": False}, version=1, actor=SYSTEM)
    assert (changed.online, changed.version) == (False, 2)
    with pytest.raises(Refusal, match="changed_meanwhile"):
        actions.change_resource(tenant.id, ana.pk, {"online": True}, version=1, actor=SYSTEM)


def test_a_plan_is_replaced_as_a_whole_and_keeps_what_stays(tenant: Tenant, ana: Resource) -> None:
    first = actions.set_working_time(tenant.id, ana.pk, tenant.location, [MORNING, EVENING], actor=SYSTEM)
    rows = actions.set_working_time(tenant.id, ana.pk, tenant.location, [MORNING], actor=SYSTEM)
    assert [row.pk for row in rows] == [next(row.pk for row in first if row.start == 540)]
    with scope(tenant.id):
        assert queries.patterns([ana.pk], tenant.location) == rows
        assert Activity.objects.filter(verb=verbs.WORKING_TIME_SET).count() == 2
    assert actions.set_working_time(tenant.id, ana.pk, tenant.location, [], actor=SYSTEM) == []


def test_a_refused_plan_changes_nothing(tenant: Tenant, ana: Resource) -> None:
    actions.set_working_time(tenant.id, ana.pk, tenant.location, [MORNING], actor=SYSTEM)
    with pytest.raises(Refusal, match="interval_overlap"):
        actions.set_working_time(
            tenant.id, ana.pk, tenant.location, [EVENING, Pattern(0, 900, 960, SINCE)], actor=SYSTEM
        )
    with scope(tenant.id):
        assert [row.start for row in queries.patterns([ana.pk])] == [540]


def test_anothers_resource_and_location_are_not_found(
    tenant: Tenant, stranger: Tenant, ana: Resource
) -> None:
    for organization, resource, location in (
        (stranger.id, ana.pk, stranger.location),
        (tenant.id, ana.pk, stranger.location),
        (tenant.id, 2**62, tenant.location),
    ):
        with pytest.raises(Refusal, match="not_found"):
            actions.set_working_time(organization, resource, location, [MORNING], actor=SYSTEM)
    with pytest.raises(Refusal, match="not_found"):
        actions.add_resource(tenant.id, name="X", location_ids=[stranger.location], actor=SYSTEM)
    with pytest.raises(Refusal, match="not_found"):
        actions.change_resource(stranger.id, ana.pk, {"name": "X"}, actor=SYSTEM)


def test_an_exception_is_one_per_date_and_can_go(tenant: Tenant, ana: Resource) -> None:
    first = actions.set_exception(tenant.id, ana.pk, tenant.location, DAY, [[600, 660]], actor=SYSTEM)
    again = actions.set_exception(tenant.id, ana.pk, tenant.location, DAY, [], reason="absent", actor=SYSTEM)
    assert (again.pk, again.intervals, again.reason) == (first.pk, [], "absent")
    with scope(tenant.id):
        assert queries.exceptions(DAY, DAY, [ana.pk], tenant.location) == [again]
    actions.remove_exception(tenant.id, again.pk, actor=SYSTEM)
    with pytest.raises(Refusal, match="not_found"):
        actions.remove_exception(tenant.id, again.pk, actor=SYSTEM)


def test_a_closed_day_and_an_absence_everywhere(tenant: Tenant, ana: Resource) -> None:
    actions.set_exception(tenant.id, None, tenant.location, DAY, [], reason="holiday", actor=SYSTEM)
    actions.set_exception(tenant.id, ana.pk, None, DAY, [], reason="ill", actor=SYSTEM)
    actions.set_exception(tenant.id, ana.pk, None, DAY, [], reason="absent", actor=SYSTEM)
    with scope(tenant.id):
        assert WorkingException.objects.count() == 2


def test_exceptions_that_make_no_sense(tenant: Tenant, ana: Resource, stranger: Tenant) -> None:
    with pytest.raises(Refusal, match="not_found"):
        actions.set_exception(tenant.id, None, None, DAY, [], actor=SYSTEM)
    with pytest.raises(Refusal, match="bad_interval"):
        actions.set_exception(tenant.id, ana.pk, None, DAY, [[540, 600]], actor=SYSTEM)
    with pytest.raises(Refusal, match="not_found"):
        actions.set_exception(stranger.id, ana.pk, None, DAY, [], actor=SYSTEM)
