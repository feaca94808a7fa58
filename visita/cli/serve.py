"""`visita serve`: the web server, which refuses to start where the tenant wall has a hole."""

import click

from visita.cli.start import ready, said_plainly


@click.command()
@said_plainly
def serve() -> None:
    """Serve this install at VISITA_BIND and PORT."""
    from config.environment import environment
    from visita.cli import serving

    with serving.bind(environment.host, environment.port) as bound, ready(keep=True):
        refuse_if_unsafe(loopback=environment.host in ("127.0.0.1", "::1", "localhost"))
        click.echo(f"Visita serves {serving.address(bound)} (Ctrl-C ends it)")
        serving.run(bound)


def refuse_if_unsafe(*, loopback: bool) -> None:
    """Raises ClickException with every fault that forbids serving."""
    from django.db import OperationalError

    from visita.cli.checks import examine

    try:
        faults = [finding for finding in examine(loopback=loopback) if finding.problem and finding.fatal]
    except OperationalError as error:
        raise click.ClickException(f"The database does not answer: {error}") from error
    if faults:
        lines = "\n".join(f"  {fault.title}: {fault.problem}" for fault in faults)
        raise click.ClickException(f"Visita does not serve like this (`visita doctor` shows all):\n{lines}")
