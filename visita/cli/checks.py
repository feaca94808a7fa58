"""What must be true before Visita serves: `serve` refuses on the first kind of fault, `doctor` explains them all."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_MINIMUM_SERVER = 160_000
_ROLE = "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
_OWNED = """SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND pg_has_role(c.relowner, 'MEMBER') LIMIT 1"""
# Two tables are read before the organization is known: whose slug this is, and where somebody may go.
_OPEN = """SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id' AND NOT a.attisdropped
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity
      AND c.relname NOT IN ('identity_membership', 'tenancy_formerslug') ORDER BY c.relname"""
_ADVICE = "DATABASE_URL must be a role that owns nothing, DATABASE_OWNER_URL the owner."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `problem` is None when it is as it must be; `fatal` ones keep `serve` from starting."""

    title: str
    problem: str | None = None
    fatal: bool = True


def examine(*, loopback: bool, alias: str = "default") -> Iterator[Finding]:
    """Looks at the install through the application's connection `alias`.

    `loopback` says that only this machine can reach the server, which makes debugging harmless.
    """
    yield from _configuration(loopback=loopback)
    yield from _server(alias)
    yield _migrations(alias)
    yield from _role(alias)


def _configuration(*, loopback: bool) -> Iterator[Finding]:
    from django.conf import settings

    short = "VISITA_SECRET_KEY is shorter than 50 characters." if len(settings.SECRET_KEY) < 50 else None
    yield Finding("secret key", short)
    seen = "VISITA_DEBUG is on: pages would show their insides to others." if settings.DEBUG else None
    yield Finding("debugging", seen, fatal=not loopback)


def _server(alias: str) -> Iterator[Finding]:
    version, zone, lock_timeout, role = _rows(
        alias,
        "SELECT current_setting('server_version_num')::int, reset_val, current_setting('lock_timeout'), current_user"
        " FROM pg_settings WHERE name = 'TimeZone'",
    )[0]
    old = (
        f"PostgreSQL {version // 10_000} is too old: 16 is the least." if version < _MINIMUM_SERVER else None
    )
    yield Finding("PostgreSQL 16 or newer", old)
    moved = None if zone in ("UTC", "Etc/UTC") else f"It is {zone}: ALTER ROLE {role} SET timezone = 'UTC'"
    yield Finding("time zone UTC", moved)
    endless = (
        f"None is set: see docs/reference/settings.md for ALTER ROLE {role} …"
        if lock_timeout == "0"
        else None
    )
    yield Finding("time limits of the role", endless, fatal=False)


def _migrations(alias: str) -> Finding:
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections[alias])
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    problem = f"{len(missing)} migrations are not applied: run `visita migrate`." if missing else None
    return Finding("schema up to date", problem)


def _role(alias: str) -> Iterator[Finding]:
    superuser, bypass = _rows(alias, _ROLE)[0]
    power = "a superuser" if superuser else "allowed to bypass row-level security" if bypass else None
    yield Finding("role stays behind the wall", power and f"The application's role is {power}. {_ADVICE}")
    owned = [table for (table,) in _rows(alias, _OWNED)]
    yield Finding(
        "role owns no table", f"The application's role owns {owned[0]}. {_ADVICE}" if owned else None
    )
    opened = ", ".join(table for (table,) in _rows(alias, _OPEN))
    yield Finding("row-level security", f"It is off on {opened}." if opened else None)


def _rows(alias: str, query: str) -> list[tuple[Any, ...]]:
    from django.db import connections

    with connections[alias].cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())
