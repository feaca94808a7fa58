"""`visita demo`: one command from an empty machine to example businesses in the browser."""

import click

from visita.cli.start import ready, said_plainly


@click.command()
@said_plainly
def demo() -> None:
    """Fill example businesses around today and serve them."""
    from django.conf import settings

    from config.environment import environment
    from visita.cli import serving

    with serving.bind(environment.host, environment.port, search=True) as bound:
        url = serving.address(bound)
        if environment.port and not url.endswith(f":{environment.port}"):
            click.echo(f"Port {environment.port} is taken, so this demo is at {url}")
        with ready(keep=True):
            settings.ROOT_URLCONF = "visita.demo.urls"
            click.echo(_filled(url))
            click.echo(f"\nVisita is at {url} (Ctrl-C ends it and everything it started)")
            serving.run(bound)


def _filled(url: str) -> str:
    """The schema and the example businesses, made where missing; returns what to tell the user."""
    from visita.cli.migrate import apply
    from visita.cli.serve import refuse_if_unsafe
    from visita.demo import populate

    click.echo("Preparing the example businesses (the first time this takes a minute or two) …")
    apply()
    refuse_if_unsafe(loopback=True)
    return str(populate.ensure(url))
