"""The kinds of changes to working time in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Any] = {
    "ill": _("Ill"),
    "absent": _("Absent"),
    "holiday": _("Holiday"),
    "cancelled": _("Schedule cancelled"),
    "moved": _("Day moved"),
    "shortened": _("Hours shortened"),
    "extended": _("Hours extended"),
    "changed": _("Hours changed"),
    "blocked": _("Time blocked"),
}
WRITE_A_DATE = _("Write a date.")
AWAY = ("ill", "absent", "holiday", "cancelled")


def kind(reason: str) -> str:
    """A reason as people read it; a word of the organization's own stays."""
    return str(KINDS.get(reason, reason))
