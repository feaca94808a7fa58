"""`visita worker`: does what follows from what happened, beside any number of others; the servers have one of their own."""

import signal
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
        try:
            run(ended_by_signal())
        except KeyboardInterrupt:
            return


def ended_by_signal() -> Event:
    """Set by the first SIGTERM, Ctrl-C or closed terminal: the errand in hand is done first. The second one ends at once."""
    over = Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}

    def end(_number: int, _frame: object) -> None:
        over.set()
        for number, handler in before.items():
            signal.signal(number, handler)

    for number in before:
        signal.signal(number, end)
    return over
