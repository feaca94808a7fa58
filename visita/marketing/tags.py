"""Outside tags an organization may set: a Google Tag Manager container, a Facebook pixel. Both are off by default."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from visita.tenancy import settings

_MANAGER = re.compile(r"(GTM-[A-Z0-9]{4,12})?")
_PIXEL = re.compile(r"([0-9]{5,20})?")

settings.declare("tag_manager", str, "", 0, 16, check=lambda value: _MANAGER.fullmatch(value) is not None)
settings.declare("facebook_pixel", str, "", 0, 20, check=lambda value: _PIXEL.fullmatch(value) is not None)


@dataclass(frozen=True, slots=True)
class Tags:
    """The ids set, empty where none is; false when there is none at all."""

    manager: str
    pixel: str

    def __bool__(self) -> bool:
        return bool(self.manager or self.pixel)


def fits(key: str, value: str) -> bool:
    """Whether it can be the id of a tag (`tag_manager`, `facebook_pixel`); an empty one means none."""
    return {"tag_manager": _MANAGER, "facebook_pixel": _PIXEL}[key].fullmatch(value) is not None


def tags(rows: Iterable[settings.Row]) -> Tags:
    """The organization's tags among its settings."""
    rows = list(rows)
    return Tags(settings.value(rows, "tag_manager"), settings.value(rows, "facebook_pixel"))
