"""What is written down about the settings and the commands is what there is."""

import re

from click import Context

from tests.architecture.sources import ROOT
from visita.cli import main


def test_every_setting_is_in_its_page() -> None:
    names = set(re.findall(r'"([A-Z][A-Z_]{3,})"', (ROOT / "config/environment.py").read_text()))
    page = (ROOT / "docs/reference/settings.md").read_text()
    assert {name for name in names if f"`{name}`" not in page} == set()
    assert set(re.findall(r"^\| `([A-Z_]+)`", page, re.MULTILINE)) == names


def test_every_command_says_what_it_does() -> None:
    context = Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None and command.help, name
