"""`visita worker`: does what follows from what happened, beside any number of others; the servers have one of their own."""

from threading import Event

import click

from visita.cli.start import ready, said_plainly


@click.command()
@said_plainly
def worker() -> None:
    """Send messages, fill freed times, expire what has had its time."""
    from visita.cli.serve import refuse_if_unsafe

    with ready(keep=True):
        from visita.activity.worker import run

        refuse_if_unsafe(loopback=True)
        click.echo("The worker works (Ctrl-C ends it)")
        over = Event()
        try:
            run(over)
        except KeyboardInterrupt:
            over.set()
