"""What a process remembers of an organization's rules ends with the version they were read under."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.world import MONDAY, STAFF, Clinic
from visita.bookings import calendars, rules, timetables
from visita.catalog import actions as catalog
from visita.foundation import scope
from visita.scheduling import actions as scheduling
from visita.scheduling.changes import Day
from visita.tenancy import actions as tenancy
from visita.tenancy.models import RulesVersion

_WITHOUT = {"tenancy_organization", "tenancy_rulesversion"}  # its public id never changes; the version itself
_TRIGGERS = (
    "SELECT relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE tgname = 'rules_changed'"
)


def _price(home: Clinic) -> int | None:
    return rules.load(home.location, (home.visit,)).service(home.visit).price_minor


def _version(home: Clinic) -> str | None:
    return rules.load(home.location, (home.visit,)).version


def test_every_table_that_rules_are_read_from_gives_a_new_version(db: None) -> None:
    read = rf"{rules._LOAD}{timetables._WHOLE}"
    tables = set(re.findall(r"\b(?:FROM|JOIN)\s+([a-z]+_[a-z]+)", read)) - _WITHOUT
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS)
        assert {row[0] for row in cursor.fetchall()} == tables
    assert len(tables) == 16


_CHANGES: list[Callable[[Clinic], Any]] = [
    lambda home: catalog.change_service(home.id, home.visit, {"price_minor": 1}, actor=STAFF),
    lambda home: catalog.change_service(home.id, home.visit, {}, resources=[], actor=STAFF),
    lambda home: tenancy.set_setting(home.id, "lead_minutes", 7, actor=STAFF),
    lambda home: tenancy.change_profile(home.id, {"phone": "+40215550143"}, actor=STAFF),
    lambda home: scheduling.change_resource(home.id, home.ana, {"online": False}, actor=STAFF),
    lambda home: scheduling.change_hours(home.id, [Day(home.ana, None, MONDAY)], actor=STAFF),
    lambda home: catalog.add_field(home.id, "plate", {"en": "Plate"}, "text", actor=STAFF),
]


@pytest.mark.parametrize("change", _CHANGES)
def test_a_change_gives_a_new_version(cast: Clinic, change: Callable[[Clinic], Any]) -> None:
    with scope.scope(cast.id):
        before = _version(cast)
        assert _version(cast) == before is not None
    change(cast)
    with scope.scope(cast.id):
        assert _version(cast) != before


def test_what_is_remembered_is_asked_for_by_its_version_alone(cast: Clinic) -> None:
    with scope.scope(cast.id):
        found = rules.load(cast.location, (cast.visit,))
        calendars.working(found, [cast.ana], MONDAY, MONDAY)
        with CaptureQueriesContext(connection) as seen:
            assert rules.load(cast.location, (cast.visit,)) is found
            calendars.working(found, [cast.mihai], MONDAY, MONDAY)
    assert [query["sql"].count("FROM") for query in seen.captured_queries] == [1, 1]


def test_a_change_is_obeyed_by_the_transaction_that_makes_it_and_forgotten_when_it_is_undone(
    cast: Clinic,
) -> None:
    def halves() -> int:
        work = calendars.working(found, [cast.ana], MONDAY, MONDAY)[cast.ana]
        assert work is not None
        return len(work.spans)

    with scope.scope(cast.id):
        found = rules.load(cast.location, (cast.visit,))
        assert halves() == 6  # of Monday to Wednesday
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            catalog.change_service.here(cast.visit, {"price_minor": 1}, actor=STAFF)
            scheduling.change_hours.here([Day(cast.ana, None, MONDAY)], actor=STAFF)
            assert (_price(cast), halves()) == (1, 4)
            raise ZeroDivisionError
        assert (_price(cast), halves()) == (30000, 6)


def test_two_versions_side_by_side_are_one_version_of_both(cast: Clinic) -> None:
    """What stands in the table after two who changed rules at once, neither waiting for the other."""
    with scope.scope(cast.id):
        RulesVersion.objects.create()
        both = _version(cast)
        assert both is not None and both.count(",") == 1
        tenancy.set_setting.here("lead_minutes", 7, actor=STAFF)
        assert _version(cast) not in (None, *both.split(",")) and "," not in str(_version(cast))


def test_a_statement_behind_the_wall_without_a_scope_changes_no_version(cast: Clinic) -> None:
    with scope.scope(cast.id):
        before = _version(cast)
    with connection.cursor() as cursor:
        cursor.execute("RESET app.organization")
        cursor.execute("UPDATE catalog_service SET price_minor = 2")
    with scope.scope(cast.id):
        assert _version(cast) == before
