"""Runs the web server on a socket that is bound beforehand, so that its address is known before anything else."""

import errno
import socket
from contextlib import AbstractContextManager, nullcontext

import click

_TRIES = 50
_DRAIN_SECONDS = 3  # open live streams would keep the server for ever


def bind(host: str, port: int, *, search: bool = False) -> socket.socket:
    """A bound socket. With `search` the next free port after a taken one, else ClickException says it is taken."""
    ports = range(port, min(port + (_TRIES if search and port else 1), 65536))
    for candidate in ports:
        try:
            return _bound(host, candidate)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise click.ClickException(
                    f"Cannot listen on {host}:{candidate}: {error.strerror}."
                ) from error
    taken = f"Port {port} is" if len(ports) == 1 else f"Ports {ports[0]} to {ports[-1]} are"
    raise click.ClickException(f"{taken} taken on {host}. Set PORT to a free one.")


def address(bound: socket.socket) -> str:
    """The address of a bound socket for people and programs on this machine."""
    host, port = bound.getsockname()[:2]
    name = "127.0.0.1" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host  # noqa: S104 - shown, not bound
    return f"http://{name}:{port}"


def run(bound: socket.socket) -> None:
    """Serves until SIGINT or SIGTERM; the requests under way get three seconds."""
    import uvicorn
    from django.conf import settings

    from visita.identity import rate

    rate.sweep()  # a start is when old counters go

    config = uvicorn.Config(
        "config.asgi:application",
        http="config.protocol:Protocol",
        lifespan="on",
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=_DRAIN_SECONDS,
        server_header=False,
        proxy_headers=bool(settings.TRUSTED_PROXIES),
        forwarded_allow_ips=list(settings.TRUSTED_PROXIES),
    )
    try:
        with _working():
            uvicorn.Server(config).run(sockets=[bound])
    except KeyboardInterrupt:  # uvicorn raises the signal again when it has ended
        return


def _working() -> AbstractContextManager[object]:
    """A worker beside the server, unless WORKER is off."""
    from config.environment import environment
    from visita.activity.worker import Beside

    return Beside() if environment.worker else nullcontext()


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(1024)  # a second Visita must see the port as taken at once
    except OSError:
        listener.close()
        raise
    return listener
