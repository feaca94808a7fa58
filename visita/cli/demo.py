"""`visita demo`: one command from an empty machine to example businesses in the browser."""

from socket import socket

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
        with ready(keep=True), serving.bind("127.0.0.1", _next(bound), search=True) as beside:
            from visita.demo.neighbour import open_site, stand_in_for_tags

            settings.ROOT_URLCONF, settings.SITE_ADDRESS = "visita.demo.urls", url
            settings.MESSAGE_ADAPTERS = {
                "sms": environment.sms or ("console", "file"),
                "email": environment.email or ("console", "file"),
            }
            with open_site(beside, url) as site:
                settings.DEMO_SITE = site
                stand_in_for_tags(url, beside)
                click.echo(_filled(url, site))
                click.echo(f"\nAnother site that shows the booking pages: {site}")
                click.echo(f"Visita is at {url} (Ctrl-C ends it and everything it started)")
                serving.run(bound)


def _next(bound: socket) -> int:
    """The port after a bound one; the system's choice where that was the system's too."""
    from config.environment import environment

    return bound.getsockname()[1] + 1 if environment.port else 0


def _filled(url: str, site: str) -> str:
    """The schema and the example businesses, made where missing; returns what to tell the user."""
    from visita.activity.worker import drain
    from visita.cli.migrate import apply
    from visita.cli.serve import refuse_if_unsafe
    from visita.demo import populate
    from visita.demo.neighbour import list_site

    click.echo("Preparing the example businesses (the first time this takes a minute or two) …")
    apply()
    refuse_if_unsafe(loopback=True)
    summary = populate.ensure(url)
    for opened in summary.opened:
        list_site(opened.business.slug, site)
    drain()  # what the example clients are written is told above the addresses, not below
    return str(summary)
