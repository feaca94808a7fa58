"""The command line `visita`: one file per command, loaded when it is asked for, so that `visita --help` is quick."""

from importlib import import_module

import click

# command → (module, name of the click command in it); the order is the order of the help page
_COMMANDS = {
    "demo": ("visita.cli.demo", "demo"),
    "serve": ("visita.cli.serve", "serve"),
    "worker": ("visita.cli.worker", "worker"),
    "migrate": ("visita.cli.migrate", "migrate"),
    "import": ("visita.cli.imports", "imports"),
    "doctor": ("visita.cli.doctor", "doctor"),
    "db": ("visita.cli.database", "database"),
}


class _Commands(click.Group):
    """A group that imports a command's module only to run it or to show its first line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name]
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="visita", message="Visita %(version)s")
def main() -> None:
    """Visita: appointments for every business that works by the clock.

    Settings come from the environment; docs/reference/settings.md lists them.
    """
