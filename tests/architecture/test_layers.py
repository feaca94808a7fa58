"""Imports only go down. The contracts stand in pyproject.toml; `make check` prints the chains of a broken one."""

import logging
from collections.abc import Iterator

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.architecture.sources import ROOT


@pytest.fixture
def loggers() -> Iterator[None]:
    """The linter sets up logging of its own, which silences every logger there is: they speak again for later tests."""
    known = [each for each in logging.root.manager.loggerDict.values() if isinstance(each, logging.Logger)]
    silent = {each for each in known if each.disabled}
    root = logging.root.level, list(logging.root.handlers)
    yield
    for each in known:
        each.disabled = each in silent
    logging.root.setLevel(root[0])
    logging.root.handlers[:] = root[1]


@pytest.mark.usefixtures("loggers")
def test_imports_go_down() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS
