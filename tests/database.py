"""The database of one test process: a copy of a migrated template, behind the tenant wall as in production.

The template is made once per state of the migrations and kept between runs. Every process has a copy of its own, so
runs side by side (xdist, two terminals) never meet. `default` is the application's role, `owner` owns the tables.
"""

import hashlib
import importlib.metadata
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from visita.foundation.postgres import Place, Server, lease, place_for
from visita.tenancy.grants import apply_grants

_ROOT = Path(__file__).resolve().parent.parent
_LOCK = 7_307_829_115
# On a busy machine a test may wait longer than the application lets anybody wait.
_PATIENCE = "-c lock_timeout=60s -c statement_timeout=120s -c idle_in_transaction_session_timeout=600s"
_Connection = psycopg.Connection[tuple[Any, ...]]


@contextmanager
def database() -> Iterator[str]:
    """Starts the server where it is ours, points both aliases at a fresh database, yields its name, drops it."""
    _have_patience()
    base = connections["owner"].settings_dict["NAME"]
    name = f"test_{base}_{os.getpid()}"
    if not settings.EMBEDDED_POSTGRES:
        with _copied(base, name):
            yield name
        return
    place = place_for(settings.VISITA_DATA)
    with lease(Server(place, durable=False)):
        _reach(place)
        with _copied(base, name):
            yield name


@contextmanager
def apart() -> Iterator[None]:
    """Another fresh database meanwhile, for tests whose rows would weigh on all that come after them."""
    usual = connections["owner"].settings_dict["NAME"]
    base = usual.removeprefix("test_").removesuffix(f"_{os.getpid()}")
    _close()
    try:
        with _copied(base, f"test_{base}_apart_{os.getpid()}"):
            yield
    finally:
        _use(usual)


def settle() -> None:
    """What happened in the database is told and done: the next test's worker has only its own to carry."""
    with connections["owner"].cursor() as owner:
        owner.execute("UPDATE activity_activity SET dispatched_at = now() WHERE dispatched_at IS NULL")
        owner.execute("UPDATE activity_errand SET done_at = now() WHERE done_at IS NULL")


def environment(name: str) -> dict[str, str]:
    """The variables that make another process of Visita use the test database `name`."""
    urls = {"DATABASE_URL": "default", "DATABASE_OWNER_URL": "owner"}
    return {variable: _url(alias, name) for variable, alias in urls.items()}


def _reach(place: Place) -> None:
    for alias in ("default", "owner"):
        connections[alias].settings_dict["OPTIONS"]["host"] = str(place.home)


def _have_patience() -> None:
    options = connections["default"].settings_dict["OPTIONS"]  # the owner has no limits
    options["options"] = f"{options.get('options', '')} {_PATIENCE}".strip()


@contextmanager
def _copied(base: str, name: str) -> Iterator[None]:
    template = f"template_{base}_{_state()}"
    with _owner(base) as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        _sweep(owner, base, keep=template)
        if not _exists(owner, template):
            _make_template(owner, template)
        owner.execute(_sql("CREATE DATABASE {} TEMPLATE {}", name, template))
    try:
        _use(name)
        yield
    finally:
        _close()
        with (
            _owner(base) as owner,
            suppress(psycopg.Error),
        ):  # swept by a later run if something still holds it
            owner.execute(_sql("DROP DATABASE {}", name))
        _use(base)


def _make_template(owner: _Connection, template: str) -> None:
    half = f"{template}_half"
    owner.execute(_sql("DROP DATABASE IF EXISTS {}", half))
    owner.execute(_sql("CREATE DATABASE {}", half))
    _use(half)
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    apply_grants(connections["default"].settings_dict["USER"])
    _close()
    owner.execute(_sql("ALTER DATABASE {} RENAME TO {}", half, template))


def _sweep(owner: _Connection, base: str, *, keep: str) -> None:
    """Drops templates of other states and databases of test processes that were killed."""
    rows = owner.execute(
        "SELECT datname FROM pg_database WHERE datname ~ %s", [f"^(test|template)_{base}_"]
    ).fetchall()
    for (name,) in rows:
        number = name.rpartition("_")[2]
        dead = name.startswith("test_") and number.isdigit() and not Path(f"/proc/{number}").exists()
        if dead or (name.startswith("template_") and name != keep):
            with suppress(psycopg.Error):
                owner.execute(_sql("DROP DATABASE {}", name))


def _state() -> str:
    """Changes whenever the migrated schema could: our migrations, what they call, the libraries' versions."""
    files = [*_ROOT.glob("visita/*/migrations/*.py"), _ROOT / "visita/foundation/walls.py"]
    files += [_ROOT / "visita/tenancy/grants.py", _ROOT / "requirements.txt"]
    digest = hashlib.sha256(importlib.metadata.version("django").encode())
    for path in sorted(files):
        digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _exists(owner: _Connection, name: str) -> bool:
    return owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _use(name: str) -> None:
    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = name


def _close() -> None:
    for alias in ("default", "owner"):
        connections[alias].close()
    cast(Any, connections["default"]).close_pool()


def _owner(database: str) -> _Connection:
    return psycopg.connect(_url("owner", database), autocommit=True)


def _url(alias: str, database: str) -> str:
    given = connections[alias].settings_dict
    host = given["HOST"] or given["OPTIONS"].get("host", "")
    options = quote(_PATIENCE) if alias == "default" else ""
    parts = {
        "options": options,
        "host": host,
        "port": given["PORT"],
        "user": given["USER"],
        "password": given["PASSWORD"],
    }
    query = "&".join(f"{key}={value}" for key, value in parts.items() if value)
    return f"postgresql:///{database}?{query}"


def _sql(form: str, *names: str) -> sql.Composed:
    return sql.SQL(form).format(*map(sql.Identifier, names))
