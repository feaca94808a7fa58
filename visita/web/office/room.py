"""What every office page needs around its content: the organization, the reader's language and rights, the pages there are."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from visita.identity import rights
from visita.tenancy import queries, settings
from visita.tenancy.models import Profile
from visita.web.components.formats import Formats, formats_for
from visita.web.desk.door import Guest
from visita.web.desk.frame import OFFICE as DOORS

__all__ = ["CATALOG", "DOORS", "FIGURES", "LOOK", "SHARING", "Room", "enter", "show"]

CATALOG = (rights.CATALOG_CHANGE,)
SHARING = (rights.SETTINGS_CHANGE, rights.ONLINE_CHANGE)
LOOK = (rights.SETTINGS_CHANGE,)
FIGURES = (rights.REPORTS_SEE,)


@dataclass(frozen=True, slots=True)
class Room:
    """The guest with the organization's profile and settings; made inside a scope."""

    guest: Guest
    profile: Profile
    rows: list[settings.Row]

    @property
    def formats(self) -> Formats:
        """Dates, numbers and prices as the reader writes them."""
        return formats_for(self.guest.language, self.profile.country)

    def may(self, wanted: tuple[str, ...]) -> bool:
        """Whether the guest has one of these rights."""
        return any(self.guest.may(right) for right in wanted)

    def setting(self, key: str) -> Any:
        """The organization's value of a setting."""
        return settings.value(self.rows, key)

    def url(self, name: str) -> str:
        """The address of an office page of this organization."""
        return reverse(f"office:{name}", kwargs={"organization": self.guest.organization.slug})

    def context(self) -> dict[str, Any]:
        """What `office/base.html` reads."""
        slug = self.guest.organization.slug
        return {
            "organization_name": self.profile.name,
            "desk_url": reverse("desk:day", kwargs={"organization": slug}),
            "front_url": reverse("front:home", kwargs={"organization": slug}),
            "accent_url": f"{reverse('front:accent', kwargs={'organization': slug})}?v={self.profile.accent[1:]}",
            "home_url": self.url("home"),
            "guest": self.guest,
        }


def enter(guest: Guest, wanted: tuple[str, ...]) -> Room:
    """The room for a guest with one of the wanted rights; PermissionDenied (403) for others. Call it in a scope."""
    room = Room(guest, queries.profile(), list(queries.setting_rows()))
    if not room.may(wanted):
        raise PermissionDenied
    return room


def show(
    request: HttpRequest, room: Room, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render an office page; one person's view, kept by no cache."""
    response = render(request, template, {**room.context(), **context}, status=status)
    response["Cache-Control"] = "no-store"
    return response
