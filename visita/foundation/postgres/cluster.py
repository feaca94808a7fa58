"""Makes a cluster and what stands in it before any migration: the two roles, their limits, the database."""

import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg import sql

from visita.foundation.postgres.account import Account
from visita.foundation.postgres.errors import PostgresError
from visita.foundation.postgres.place import APP_ROLE, DATABASE, OWNER_ROLE, SUPERUSER, Place

# Programs of the server see nothing of the caller's: a LANG of the shell would decide how text is compared.
ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/bin:/bin"}
# The builtin locale knows the case of all letters and does not change with the machine's libraries.
_LOCALE = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8")
_FORM = ("-U", SUPERUSER, "--auth=trust", "--data-checksums", "--no-instructions", *_LOCALE)
# Limits of the application's sessions stand on its role, where poolers cannot lose them.
APP_LIMITS = {
    "lock_timeout": "3s",
    "statement_timeout": "10s",
    "idle_in_transaction_session_timeout": "15s",
    "timezone": "UTC",
}


def make(place: Place, account: Account, binaries: Path, log: int, *, durable: bool) -> None:
    """Runs initdb into a folder beside the cluster and renames it: a half one is never taken for a cluster."""
    half = place.data.with_name(place.data.name + ".half")
    shutil.rmtree(half, ignore_errors=True)
    command = [str(binaries / "bin" / "initdb"), "-D", str(half), *_FORM, *([] if durable else ["--no-sync"])]
    done = account.run(command, log, ENVIRONMENT)
    if done.returncode != 0:
        raise PostgresError(
            f"PostgreSQL could not make its cluster in {place.data}; its own words are in {place.log}."
        )
    half.rename(place.data)


def prepare(place: Place) -> None:
    """Makes the roles and the database where they are missing, and sets the application role's limits."""
    with psycopg.connect(place.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        _make_role(connection, OWNER_ROLE, "LOGIN CREATEDB")
        _make_role(connection, APP_ROLE, "LOGIN")
        for name, value in APP_LIMITS.items():
            command = sql.SQL("ALTER ROLE {} SET {} = {}")
            connection.execute(
                command.format(sql.Identifier(APP_ROLE), sql.Identifier(name), sql.Literal(value))
            )
        owner = sql.Identifier(OWNER_ROLE)
        connection.execute(sql.SQL("ALTER ROLE {} SET timezone = 'UTC'").format(owner))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), owner))


def _make_role(connection: psycopg.Connection[tuple[object, ...]], name: str, rights: str) -> None:
    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone():
        connection.execute(sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(name), sql.SQL(rights)))


def ready(binaries: Path, place: Place) -> bool:
    """Asks the server itself whether it takes connections (`pg_ctl status` only believes the process id file)."""
    command = [str(binaries / "bin" / "pg_isready"), "-q", "-h", str(place.home), "-t", "3"]
    return subprocess.run(command, check=False, cwd="/", env=ENVIRONMENT).returncode == 0
