"""By which door a visitor came, and how a frame wants to look; both stand in the address, for nothing is stored.

`via` is the door, `theme` the frame's colours, `bg=none` lets the site shine through, `origin` is the site around the
frame: the page tells its height to exactly that site, and to none that the organization has not listed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from visita.marketing import funnel

DOORS = {"widget": "widget", "popup": "popup", "floating": "popup", "link": "link", "qr": "qr"}
"""What an address may say, and the source that a visit keeps of it; without it the visit's source is `web`."""
THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Frame:
    """`via` is one of DOORS or empty, `theme` one of THEMES or empty (the device decides), `origin` a listed site.

    `channel` is who sent the visitor, as far as the address says.
    """

    embedded: bool = False
    via: str = ""
    theme: str = ""
    origin: str = ""
    clear: bool = False
    channel: str = ""

    @property
    def popup(self) -> bool:
        """Whether the frame stands in a window of the site's that has its own way to close."""
        return self.embedded and self.source == "popup"

    @property
    def inline(self) -> bool:
        """Whether the frame is part of the site's page and follows its content's height."""
        return self.embedded and not self.popup

    @property
    def source(self) -> str:
        """The source of a visit booked here."""
        return DOORS.get(self.via, "widget" if self.embedded else "web")

    def carried(self) -> dict[str, str]:
        """The parameters that every further address repeats."""
        came = {"via": self.via, "utm_source": self.channel}
        if not self.embedded:
            return came
        return {
            **came,
            "theme": self.theme,
            "bg": "none" if self.clear else "",
            "origin": self.origin,
        }


def read_frame(query: QueryDict, listed: Sequence[str], *, embedded: bool) -> Frame:
    """The frame of an address; what is unknown or not listed counts as not said."""
    via, theme, origin = (query.get(name, "") for name in ("via", "theme", "origin"))
    return Frame(
        embedded,
        via if via in DOORS else "",
        theme if embedded and theme in THEMES else "",
        origin if embedded and origin in listed else "",
        embedded and query.get("bg") == "none",
        funnel.channel(query.get("utm_source", "")),
    )
