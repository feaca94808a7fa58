"""The ground under every test: its own database, no network, and everything loud (see tests/database.py)."""

import gc
import os
import socket
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone, translation
from pytest_django import DjangoDbBlocker

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs an event loop in the test's thread


def pytest_configure() -> None:
    """Tests have a data folder, and so a cluster, of their own; passwords need not be slow to guess, messages leave at once."""
    gc.set_threshold(50_000, 20, 100)  # by default an eighth of the time goes into looking for garbage
    settings.VISITA_DATA = settings.VISITA_DATA / "test"
    settings.MESSAGES_LATER = False
    settings.FRONT_HASTE = 0  # a test is quicker than hands
    settings.WHITENOISE_AUTOREFRESH = (
        True  # else each new browser of a test reads all static files first: a third of its time
    )
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Takes the place of pytest-django's: a migrated copy, both aliases pointed at it. Gives the database's name."""
    from tests import world
    from tests.database import database, settle

    with django_db_blocker.unblock(), database() as name:
        world.build()
        settle()
        gc.collect()
        gc.freeze()  # what is loaded by now stays, and need not be looked through again and again
        django_db_blocker.restore()
        yield name
        django_db_blocker.unblock()


@pytest.fixture(autouse=True)
def _world_rolled_back() -> None:
    if world := sys.modules.get("tests.world"):
        world.rolled_back()


@pytest.fixture(autouse=True)
def _no_language_left() -> None:
    """The language and zone of the last request belong to its thread, which is every test's: none may reach the next."""
    translation.deactivate()
    timezone.deactivate()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Every test begins as a fresh process does: what was remembered for another costs no statement more or less."""
    for name in ("visita.bookings.rules", "visita.bookings.timetables"):
        if module := sys.modules.get(name):
            module._known.forget()


@pytest.fixture
def committed_db(django_db_setup: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Real commits, for races and journeys. Nothing is flushed afterwards: use names of your own in each test."""
    from django.db import connections

    from tests.database import settle

    with django_db_blocker.unblock():
        yield
        settle()
        connections.close_all()


@pytest.fixture
def database_environment(django_db_setup: str) -> dict[str, str]:
    """Environment variables that make another process (a server, a racer) use this run's database."""
    from tests.database import environment

    return environment(django_db_setup)


@pytest.fixture(autouse=True, scope="session")
def only_this_machine() -> Iterator[None]:
    """Nothing of Visita may need the internet, so a test that leaves the machine fails."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address}")
        real(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        yield
