"""Maps of a location that may be shown inside our pages: from two providers, by the address they give for embedding.

Nothing of theirs is loaded before the visitor asks for it; only then their site learns of the visit.
"""

from typing import Final
from urllib.parse import urlsplit

from visita.tenancy.settings import declare

KEY: Final = "map_embed"
PROVIDERS: Final = {
    "www.openstreetmap.org": ("OpenStreetMap", "/export/embed.html"),
    "www.google.com": ("Google Maps", "/maps/embed"),
}
"""Host → its name, and the path of what it gives for embedding."""


def provider(address: str) -> str:
    """Whose map it is; empty for an address that is none to be embedded."""
    try:
        parts = urlsplit(address)
        odd = parts.port is not None or parts.username is not None
    except ValueError:
        return ""
    name, path = PROVIDERS.get(parts.netloc, ("", ""))
    plain = not odd and address.isascii() and address.isprintable() and not set(address) & set(" \"'<>\\;,\t")
    return name if plain and parts.scheme == "https" and parts.path == path else ""


def origin(address: str) -> str:
    """The site of a map, as a policy names it."""
    return f"https://{urlsplit(address).netloc}"


# by location: the address that OpenStreetMap (Share, HTML) or Google Maps (Share, embed) gives; empty = a link only
declare(KEY, str, "", 0, 1000, lambda value: not value or bool(provider(value)))
