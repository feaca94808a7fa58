"""The server, the browser and its windows."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.database import environment
from tests.journeys.browsers import FLAGS, program
from tests.journeys.serving import serving
from tests.journeys.watching import PATIENCE, Window

Windows = Callable[..., Window]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest comes first, so that nobody waits for it at the end."""
    items.sort(key=lambda item: item.path.name != "test_working_day.py")


@pytest.fixture(scope="session")
def served_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The server's data folder."""
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="session")
def outgoing(served_data: Path) -> Path:
    """Where the server's messages lie."""
    return served_data / "outgoing"


@pytest.fixture(scope="session")
def address(django_db_setup: str, served_data: Path) -> Iterator[str]:
    """Where Visita serves the test database."""
    with serving(environment(django_db_setup), served_data) as served:
        yield served


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own browser."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def windows(chromium: Browser, address: str, committed_db: None) -> Iterator[Windows]:
    """Opens a browser of a person of their own; afterwards none may have had anything to complain of."""
    opened: list[Window] = []

    def window(**wishes: Any) -> Window:
        opened.append(Window(chromium, address, **wishes))
        return opened[-1]

    yield window
    for each in opened:
        each.settle()
