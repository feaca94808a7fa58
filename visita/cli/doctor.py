"""`visita doctor`: says what is wrong with an install and how to mend it."""

import click

from visita.cli.start import ready, said_plainly


@click.command()
@said_plainly
def doctor() -> None:
    """Say what is wrong with this install."""
    from config.environment import environment

    with ready():
        from django.db import OperationalError

        from visita.cli.checks import examine

        try:
            findings = list(examine(loopback=environment.host in ("127.0.0.1", "::1", "localhost")))
        except OperationalError as error:
            raise click.ClickException(f"The database does not answer: {error}") from error
    for finding in findings:
        mark = "ok   " if finding.problem is None else "WRONG" if finding.fatal else "note "
        click.echo(f"{mark} {finding.title}" + (f": {finding.problem}" if finding.problem else ""))
    if any(finding.problem and finding.fatal for finding in findings):
        raise SystemExit(1)
