"""Stands in for Google's and Facebook's hosts, in the demo and the tests: small scripts that say what they were told."""

from collections import deque
from urllib.parse import parse_qs, urlsplit

_SCRIPT = """(() => {
  const here = new URL(document.currentScript.src).origin;
  const tell = (event) => { new Image().src = `${here}/collect?by=%(by)s&event=${encodeURIComponent(event)}`; };
  %(listen)s
})();
"""
_LISTEN = {
    "google": """const layer = window.dataLayer;
  const { push } = layer;
  layer.forEach((each) => tell(each.event));
  layer.push = (...told) => { told.forEach((each) => tell(each.event)); return push.apply(layer, told); };""",
    "facebook": """const told = (...words) => tell(words.join(" "));
  window.fbq.queue.forEach((words) => told(...words));
  window.fbq.callMethod = told;""",
}
_PATHS = {"/gtm.js": "google", "/en_US/fbevents.js": "facebook"}
_DOT = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,"
    b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)


class StandIn:
    """What arrived, newest last, each as (by, event); older ones are forgotten."""

    def __init__(self) -> None:
        self.received: deque[tuple[str, str]] = deque(maxlen=500)
        self.asked: deque[str] = deque(maxlen=500)

    def answer(self, address: str) -> tuple[str, bytes] | None:
        """Media type and body of one of its addresses; None for all others."""
        parts = urlsplit(address)
        if parts.path in _PATHS:
            by = _PATHS[parts.path]
            self.asked.append(address)
            return "text/javascript", (_SCRIPT % {"by": by, "listen": _LISTEN[by]}).encode()
        if parts.path == "/collect":
            told = parse_qs(parts.query)
            self.received.append((told.get("by", [""])[0], told.get("event", [""])[0]))
            return "image/gif", _DOT
        if parts.path == "/received":
            lines = [f"{by}: {event}" for by, event in self.received] or ["nothing yet"]
            return "text/plain; charset=utf-8", "\n".join(lines).encode()
        return None
