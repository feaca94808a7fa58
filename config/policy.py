"""What browsers may do with our pages: everything from our own origin, scripts and styles by nonce, nothing else."""

from typing import Any

from csp.constants import NONCE, NONE, SELF


def content_security_policy(vite: str | None = None) -> dict[str, Any]:
    """The strict policy of every page; `vite` is the origin of the development server of Vite, if it serves files."""
    more = [vite] if vite else []
    live = [vite.replace("http", "ws", 1)] if vite else []
    directives = {
        "default-src": [SELF],
        "script-src": [SELF, NONCE, *more],
        "style-src": [SELF, NONCE, *more],
        "img-src": [SELF, "data:", *more],
        "font-src": [SELF, *more],
        "connect-src": [SELF, *more, *live],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
    return {"DIRECTIVES": directives}
