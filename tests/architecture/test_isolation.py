"""What the second wall holds back by itself: raw statements as the application's role, no manager between."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.architecture.crowd import TENANT_TABLES
from tests.world import NOW, Clinic, at, clinic, request
from visita.bookings import actions
from visita.foundation import clock
from visita.foundation.actor import Actor
from visita.foundation.scope import scope

CLIENT = Actor("client", None, "Client", source="web")

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Clinic:
    """A clinic with a visit."""
    with clock.at(NOW):
        made = clinic()
        actions.book(made.id, request(made, at(9)), CLIENT)
    return made


@pytest.fixture
def stranger() -> Clinic:
    """Another organization, with nothing but its catalogue."""
    with clock.at(NOW):
        return clinic()


def _rows(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def _tables() -> list[str]:
    return [str(row[0]) for row in _rows(TENANT_TABLES)]


def test_without_a_scope_every_table_is_empty(home: Clinic) -> None:
    assert {table: len(_rows(f'SELECT * FROM "{table}"')) for table in _tables()} == dict.fromkeys(
        _tables(), 0
    )


def test_a_scope_shows_its_own_rows_and_no_others(home: Clinic, stranger: Clinic) -> None:
    with scope(stranger.id):
        seen = {table: _rows(f'SELECT DISTINCT organization_id FROM "{table}"') for table in _tables()}
    assert {table: owners for table, owners in seen.items() if owners not in ([], [(stranger.id,)])} == {}
    assert seen["scheduling_resource"] == [(stranger.id,)]
    assert seen["bookings_visit"] == []


def test_a_foreign_row_is_neither_changed_nor_deleted_nor_made(home: Clinic, stranger: Clinic) -> None:
    with scope(stranger.id), connection.cursor() as cursor:
        cursor.execute("UPDATE bookings_visit SET note = 'mine' WHERE organization_id = %s", [home.id])
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM scheduling_allocation WHERE organization_id = %s", [home.id])
        assert cursor.rowcount == 0
    insert = "INSERT INTO scheduling_resourcelocation (organization_id, resource_id, location_id) VALUES (%s, %s, %s)"
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic(), scope(stranger.id):
        connection.cursor().execute(insert, [home.id, home.ana, home.location])


def test_no_row_points_into_another_tenant(home: Clinic, stranger: Clinic) -> None:
    """Foreign-key checks pass row-level security; only the composite keys stop this."""
    insert = "INSERT INTO scheduling_resourcelocation (organization_id, resource_id, location_id) VALUES (%s, %s, %s)"
    with pytest.raises(IntegrityError, match="foreign key"), transaction.atomic(), scope(stranger.id):
        connection.cursor().execute(insert, [stranger.id, home.ana, stranger.location])


def test_every_reference_carries_the_tenant() -> None:
    """Each foreign key of a tenant's table compares organizations too, but the one to the organization itself."""
    keys = _rows("""
        SELECT conrelid::regclass::text, conname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
        WHERE contype = 'f' AND c.relrowsecurity AND confrelid <> 'tenancy_organization'::regclass
          AND (SELECT relrowsecurity FROM pg_class WHERE oid = confrelid) AND NOT EXISTS (
            SELECT 1 FROM pg_attribute a WHERE a.attrelid = conrelid AND a.attnum = ANY(conkey)
              AND a.attname = 'organization_id')""")
    assert keys == []


@pytest.mark.parametrize("deed", ["UPDATE {} SET organization_id = organization_id", "DELETE FROM {}"])
def test_the_record_cannot_be_rewritten(home: Clinic, deed: str) -> None:
    record = ["activity_activity", *(table for table in _tables() if table.endswith("event"))]
    assert len(record) > 5
    for table in record:
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), scope(home.id):
            connection.cursor().execute(deed.format(table))


def test_an_event_may_be_marked_as_told(home: Clinic) -> None:
    """The one column of the record that changes."""
    with scope(home.id), connection.cursor() as cursor:
        cursor.execute("UPDATE activity_activity SET dispatched_at = %s", [NOW])
        assert cursor.rowcount > 0


# Functions that act as the owner of the tables, and so pass the wall: each must say itself whose rows it reads.
PASSING = {"visita_due", "visita_waited_holds"}


def test_the_functions_that_pass_the_wall_are_known_and_closed_to_others() -> None:
    passing = _rows("""
        SELECT p.proname, coalesce(array_to_string(p.proconfig, ','), ''), has_function_privilege('public', p.oid, 'execute')
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public' AND p.prosecdef""")
    assert {str(name) for name, _, _ in passing} == PASSING
    assert all("search_path=" in str(config) and not everybody for _, config, everybody in passing)
