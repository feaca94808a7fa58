"""What a command needs before its work: the secret key, the database server, Django; and the way out by signal."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import wraps
from typing import ParamSpec, TypeVar

import click

_NO_WAY = (PermissionError, FileNotFoundError, FileExistsError, NotADirectoryError)  # as VISITA_DATA
_P = ParamSpec("_P")
_R = TypeVar("_R")


def said_plainly(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """Turns the errors a user can mend into one sentence and exit code 1, without a traceback."""

    @wraps(command)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        from visita.foundation.postgres import PostgresError

        try:
            import config.environment  # reads it, and says what in it cannot be used
        except ValueError as error:
            raise click.ClickException(str(error)) from error
        try:
            return command(*args, **kwargs)
        except (PostgresError, config.environment.BadSetting, *_NO_WAY) as error:
            raise click.ClickException(str(error)) from error

    return run


@contextmanager
def ready(*, keep: bool = False) -> Iterator[None]:
    """Django set up and its database reachable inside the block.

    The embedded server is started when it is down, and stopped at the end if this command started it. With `keep` it
    is started again whenever it dies meanwhile.
    """
    from config import keys
    from config.environment import environment
    from config.start import load
    from visita.foundation.postgres import Server, kept_up, lease, place_for

    keys.ensure(environment.data)
    leave_in_order(by_keys=keep)
    if environment.database_url is not None:
        load()
        yield
        return
    server = Server(place_for(environment.data))
    with lease(server), kept_up(server) if keep else nullcontext():
        load()
        try:
            yield
        finally:
            _finish()


def leave_in_order(*, by_keys: bool = False) -> None:
    """SIGTERM and a closed terminal end the command as Ctrl-C does: through every `finally`.

    `by_keys`: Ctrl-C ends it even where a script started it beside itself. There a shell has it ignored, and until
    the web server listens to signals of its own it would be lost.
    """

    def leave(_number: int, _frame: object) -> None:
        sys.exit(0)

    if by_keys:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)


def _finish() -> None:
    """Closes our connections; from here on a second Ctrl-C must not leave the server half stopped."""
    from django.db import connections

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for connection in connections.all(initialized_only=True):
        connection.close()
        close_pool = getattr(connection, "close_pool", None)
        if close_pool is not None:
            close_pool()
