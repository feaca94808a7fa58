"""A salon's own site beside the demo: another origin that shows the booking pages in every form there is.

It listens on a port of its own. By the name `localhost` it is a site that the businesses list; by `127.0.0.1` it is
another site that they do not, where browsers refuse the frames and the plain links stay. It also stands in for Google
and Facebook, so that a demo shows what their tags would hear and tells nobody; `/received` lists it.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from django.template.loader import render_to_string

from visita.demo.businesses.siluet import SILUET
from visita.demo.standin import StandIn
from visita.foundation.actor import SYSTEM
from visita.foundation.scope import scope
from visita.tenancy import origins, queries, settings
from visita.tenancy.actions import set_embed_origins
from visita.web.front.embed.address import LOADER

_NAME = "http://localhost:"


class _Site(BaseHTTPRequestHandler):
    """One page at every address, but those where it stands in for Google and Facebook."""

    server: "_Server"

    def do_GET(self) -> None:
        """The page of the salon, or what a tag asks for."""
        kind, body = self.server.tags.answer(self.path) or (
            "text/html; charset=utf-8",
            render_to_string("demo/site.html", self.server.shown).encode(),
        )
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Visitors of an example are not written down."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    shown: dict[str, Any]
    tags: StandIn


def address(bound: socket.socket) -> str:
    """The site's address by the name that is listed."""
    return f"{_NAME}{bound.getsockname()[1]}"


@contextmanager
def open_site(bound: socket.socket, visita: str, tags: StandIn | None = None) -> Iterator[str]:
    """Serves the site on a bound socket inside the block; gives its address. `visita` is where the demo answers."""
    server = _Server(bound.getsockname(), _Site, bind_and_activate=False)
    server.socket.close()
    server.socket = bound
    name = bound.getsockname()[1]
    server.shown = {
        "visita": visita,
        "loader": visita + LOADER,
        "business": SILUET,
        "other": f"http://127.0.0.1:{name}",
    }
    server.tags = tags or StandIn()
    thread = Thread(target=server.serve_forever, name="neighbour", daemon=True)
    thread.start()
    try:
        yield address(bound)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def list_site(slug: str, site: str) -> None:
    """The business lets the site show its pages; addresses of earlier starts go."""
    organization = queries.by_slug(slug)
    assert organization is not None
    with scope(organization.pk):
        listed = settings.value(queries.setting_rows(), origins.KEY)
    wanted = [one for one in listed if not one.startswith(_NAME)] + [site]
    if wanted != listed:
        set_embed_origins(organization.pk, wanted, actor=SYSTEM)


def stand_in_for_tags(visita: str, bound: socket.socket) -> None:
    """The demo's tags run under another name of this machine and load the stand-in; what was set from outside stays."""
    from django.conf import settings as install

    if not install.TAGS_ORIGIN:
        install.TAGS_ORIGIN = visita.replace("127.0.0.1", "localhost")
        install.GOOGLE_TAGS = install.FACEBOOK_TAGS = f"http://127.0.0.1:{bound.getsockname()[1]}"
