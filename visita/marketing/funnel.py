"""The steps of booking and how a visitor is sorted, from what every request says anyway. Pure rules, no database."""

import re
from dataclasses import dataclass
from typing import Final

STEPS: Final = ("view", "place", "service", "time", "details", "booked")
DEVICES: Final = ("phone", "tablet", "desktop")
CHANNELS: Final = (
    "google", "bing", "yandex", "facebook", "instagram", "vk", "telegram", "whatsapp", "tiktok", "youtube", "email", "sms",
    "other",
)  # fmt: skip
"""A bounded list: what strangers write into an address must not grow a table."""

_PROGRAMS = re.compile(
    r"bot\b|bot/|crawl|spider|preview|facebookexternalhit|headlesslighthouse|monitor", re.I
)
_TABLET = re.compile(r"iPad|Tablet|Android(?!.*Mobile)")
_PHONE = re.compile(r"Mobi|iPhone|Android")


@dataclass(frozen=True, slots=True)
class Visitor:
    """How a visitor came (`door`), in which language and on what; `channel` is who sent them, empty when unknown."""

    door: str
    language: str
    device: str
    channel: str = ""


def device(agent: str) -> str:
    """One of DEVICES by the User-Agent; empty for programs, which are not counted."""
    if not agent or _PROGRAMS.search(agent):
        return ""
    if _TABLET.search(agent):
        return "tablet"
    return "phone" if _PHONE.search(agent) else "desktop"


def channel(named: str) -> str:
    """One of CHANNELS by an address's `utm_source`; empty when nothing is named."""
    named = named.lower()
    return next((one for one in CHANNELS if one in named), "other") if named else ""
