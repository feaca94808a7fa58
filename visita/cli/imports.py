"""`visita import`: other programs' data in, through the same actions as a booking made by hand."""

from pathlib import Path

import click

from visita.cli.start import ready, said_plainly

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("import")
def imports() -> None:
    """Bring in data of other programs."""


@imports.command()
@click.argument("file", type=_FILE)
@click.option("--mapping", required=True, type=_FILE, help="TOML file that says what each column means.")
@click.option(
    "--organization", required=True, help="Slug of the organization; made where the mapping says how."
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@said_plainly
def appointments(file: Path, mapping: Path, organization: str, *, as_json: bool) -> None:
    """Book every row of FILE (CSV, also .gz) as its booking time would have."""
    with ready():
        from visita.integrations.appointments_file import command

        raise SystemExit(command.run(file, mapping, organization, as_json=as_json))
