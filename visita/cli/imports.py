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
@click.option(
    "--json", "as_json", is_flag=True, help="Print the summary as JSON, and nothing else on stdout."
)
@click.option(
    "--refused",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where refused rows go; by default <organization>-refused.csv under VISITA_DATA.",
)
@said_plainly
def appointments(
    file: Path, mapping: Path, organization: str, *, as_json: bool, refused: Path | None
) -> None:
    """Book every row of FILE (CSV, also .gz) as its booking time would have.

    Safe to interrupt and to run again: a row that is booked already is not booked twice. Ends with 0 when every row
    is booked or refused with a reason, with 2 when the file or the mapping cannot be used and nothing was imported.
    """
    with ready():
        _schema()
        from visita.integrations.appointments_file import command

        raise SystemExit(command.run(file, mapping, organization, as_json=as_json, refused=refused))


def _schema() -> None:
    """A database that has no tables yet gets them, so that an import can be the first command of all."""
    from django.db import connection

    from visita.cli.migrate import apply

    if "tenancy_organization" not in connection.introspection.table_names():
        apply()
