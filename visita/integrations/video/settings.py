"""The settings of video visits; set for the organization, a specialty or a service."""

from urllib.parse import urlsplit

from visita.tenancy.settings import declare


def is_address(value: str) -> bool:
    """Whether a provider's address is empty or an https origin with an optional path, and nothing more."""
    parts = urlsplit(value)
    plain = not (parts.username or parts.query or parts.fragment)
    return not value or (parts.scheme == "https" and bool(parts.hostname) and plain)


def is_ice(value: list[object]) -> bool:
    """Whether each entry is a relay as browsers take it: {"urls": "turn:…", "username": …, "credential": …}."""
    return all(_relay(entry) for entry in value)


def _relay(entry: object) -> bool:
    if not isinstance(entry, dict) or set(entry) - {"urls", "username", "credential"}:
        return False
    texts = all(isinstance(text, str) and len(text) < 300 for text in entry.values())
    return texts and str(entry.get("urls", "")).startswith(("stun:", "turn:", "turns:"))


declare("video", bool, False)
declare("video_provider", str, "own", high=20, check=lambda name: name in ("own", "jitsi"))
declare("video_address", str, "", high=200, check=is_address)
declare("video_ice", list, [], high=4, check=is_ice)
declare("video_early_minutes", int, 15, 0, 240)
declare("video_late_minutes", int, 30, 0, 240)
