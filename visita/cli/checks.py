"""What must be true before Visita serves: `serve` refuses on the first kind of fault, `doctor` explains them all."""

from collections.abc import Iterator
from dataclasses import dataclass

_MINIMUM_SERVER = 160_000
_ROLE = "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
_OWNED = """SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND pg_has_role(c.relowner, 'MEMBER') LIMIT 1"""
# Two tables are read before the organization is known: whose slug this is, and where somebody may go.
_OPEN = """SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id' AND NOT a.attisdropped
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity
      AND c.relname NOT IN ('identity_membership', 'tenancy_formerslug') ORDER BY c.relname"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `problem` is None when it is as it must be; `fatal` ones keep `serve` from starting."""

    title: str
    problem: str | None = None
    fatal: bool = True


def examine(*, loopback: bool) -> Iterator[Finding]:
    """Looks at the install through the application's own connection; `loopback` says whether only we can reach it."""
    yield from _configuration(loopback=loopback)
    yield from _server()
    yield _migrations()
    yield from _role()


def _configuration(*, loopback: bool) -> Iterator[Finding]:
    from django.conf import settings

    yield Finding(
        "secret key",
        None if len(settings.SECRET_KEY) >= 50 else "VISITA_SECRET_KEY is shorter than 50 characters.",
    )
    seen = "VISITA_DEBUG is on: pages would show their insides to others." if settings.DEBUG else None
    yield Finding("debugging", seen, fatal=not loopback)


def _server() -> Iterator[Finding]:
    from django.db import connection

    number = int(_value("SHOW server_version_num"))
    too_old = (
        f"PostgreSQL {number // 10000} is too old: 16 is the least." if number < _MINIMUM_SERVER else None
    )
    yield Finding("PostgreSQL 16 or newer", too_old)
    zone = _value("SELECT reset_val FROM pg_settings WHERE name = 'TimeZone'")
    name = connection.settings_dict["USER"]
    yield Finding(
        "time zone UTC",
        None if zone in ("UTC", "Etc/UTC") else f"It is {zone}: ALTER ROLE {name} SET timezone = 'UTC'",
    )
    limit = _value("SHOW lock_timeout")
    yield Finding(
        "time limits of the role",
        None
        if limit != "0"
        else f"There are none: ALTER ROLE {name} SET lock_timeout = '3s' (also statement_timeout = '10s', "
        "idle_in_transaction_session_timeout = '15s')",
        fatal=False,
    )


def _migrations() -> Finding:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    problem = f"{len(missing)} migrations are not applied: run `visita migrate`." if missing else None
    return Finding("schema up to date", problem)


def _role() -> Iterator[Finding]:
    superuser, bypass = _row(_ROLE)
    power = "a superuser" if superuser else "allowed to bypass row-level security" if bypass else None
    advice = "DATABASE_URL must be a role that owns nothing, DATABASE_OWNER_URL the owner."
    yield Finding("role stays behind the wall", power and f"The application's role is {power}. {advice}")
    owned = _row(_OWNED)
    yield Finding(
        "role owns no table", f"The application's role owns {owned[0]}. {advice}" if owned else None
    )
    open_tables = _column(_OPEN)
    yield Finding("row-level security", f"It is off on {', '.join(open_tables)}." if open_tables else None)


def _row(query: str) -> tuple[object, ...]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone() or ()


def _value(query: str) -> str:
    return str(_row(query)[0])


def _column(query: str) -> list[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query)
        return [str(row[0]) for row in cursor.fetchall()]
