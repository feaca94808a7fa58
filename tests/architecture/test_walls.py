"""Row-level security stands on every tenant's table, and the tests run behind it."""

import pytest
from django.db import connection

# Read before an organization is known: whose slug this is, who signs in and where they may go, how often they tried.
_BEFORE_THE_WALL = {
    "tenancy_organization",
    "tenancy_formerslug",
    "identity_user",
    "identity_membership",
    "identity_ratecounter",
}
_FRAMEWORK = ("account_", "auth_", "django_", "mfa_", "pghistory_")
_TABLES = """SELECT relname, relrowsecurity FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND relkind IN ('r', 'p')"""
_POLICIES = """SELECT tablename, string_agg(cmd || CASE WHEN qual IS NULL THEN '' ELSE ' using' END
    || CASE WHEN with_check IS NULL THEN '' ELSE ' check' END, ', ' ORDER BY cmd)
    FROM pg_policies WHERE schemaname = 'public' GROUP BY tablename"""
_WHOLE = "DELETE using, INSERT check, SELECT using, UPDATE using check"
_APPEND_ONLY = "INSERT check, SELECT using"

pytestmark = pytest.mark.django_db


def _rows(query: str) -> dict[str, object]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return dict(cursor.fetchall())


def test_tables_without_a_wall_are_exactly_these() -> None:
    open_tables = {table for table, walled in _rows(_TABLES).items() if not walled}
    assert {table for table in open_tables if not table.startswith(_FRAMEWORK)} == _BEFORE_THE_WALL


def test_every_wall_covers_reading_and_writing() -> None:
    walled = {table for table, on in _rows(_TABLES).items() if on}
    policies = _rows(_POLICIES)
    assert set(policies) == walled
    assert {table: what for table, what in policies.items() if what not in (_WHOLE, _APPEND_ONLY)} == {}


def test_the_application_role_cannot_pass() -> None:
    role = "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
    assert set(_rows(role).values()) == {False}
    owned = "SELECT relname, 1 FROM pg_class WHERE pg_has_role(relowner, 'MEMBER') AND relpersistence <> 't'"
    assert _rows(owned) == {}
