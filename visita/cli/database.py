"""`visita db`: the embedded PostgreSQL by hand."""

import click

from visita.cli.start import said_plainly
from visita.foundation.postgres import Server, place_for


@click.group("db")
def database() -> None:
    """Start, stop and find the embedded PostgreSQL."""


@database.command()
@said_plainly
def start() -> None:
    """Start it and leave it running."""
    server = _server()
    started = server.start()
    server.place.transient.unlink(missing_ok=True)
    click.echo(f"PostgreSQL {'is up' if started else 'was up already'}: {server.place.url()}")


@database.command()
@said_plainly
def stop() -> None:
    """Stop it, whoever started it."""
    click.echo("PostgreSQL has stopped." if _server().stop() else "PostgreSQL was not running.")


@database.command()
@said_plainly
def status() -> None:
    """Say whether it runs, and where its data stand (exit code 3 when it is down)."""
    server = _server()
    running = server.running()
    click.echo(
        f"PostgreSQL {'is up' if running else 'is down'}; data in {server.place.data}, log in {server.place.log}"
    )
    if not running:
        raise SystemExit(3)


@database.command()
@click.option("--owner", is_flag=True, help="As the role that owns the tables.")
@said_plainly
def url(*, owner: bool) -> None:
    """Print the address to connect to."""
    from visita.foundation.postgres.place import APP_ROLE, OWNER_ROLE

    click.echo(_server().place.url(OWNER_ROLE if owner else APP_ROLE))


def _server() -> Server:
    from config.environment import environment

    if environment.database_url is not None:
        raise click.ClickException("DATABASE_URL is set, so the embedded PostgreSQL is not used.")
    return Server(place_for(environment.data))
