"""What every desk page needs around its content: the organization, its locations, formats, and where the reader stands."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.urls import reverse

from visita.bookings.models import Visit
from visita.foundation import clock
from visita.foundation.words import text
from visita.identity import rights
from visita.tenancy import queries, settings
from visita.tenancy.errors import not_found
from visita.tenancy.models import Location, Profile
from visita.web.components.formats import Formats, formats_for
from visita.web.components.trades import words
from visita.web.desk.comers import comer
from visita.web.desk.dates import read_date
from visita.web.desk.door import Guest
from visita.web.desk.labels import scheme_words
from visita.web.desk.reading import Body
from visita.web.desk.reading import day as read_day
from visita.web.desk.ways import ways

OFFICE = (rights.SETTINGS_CHANGE, rights.ONLINE_CHANGE, rights.REPORTS_SEE)
LOCATION = "location"  # session key: the last location looked at, by organization


@dataclass(frozen=True, slots=True)
class Frame:
    """The reader's place: organization, location, date. Made inside a scope."""

    guest: Guest
    profile: Profile
    locations: list[Location]
    location: Location
    day: date

    @property
    def formats(self) -> Formats:
        """Dates and times as the reader writes them."""
        return formats_for(self.guest.language, self.profile.country)

    @property
    def zone(self) -> ZoneInfo:
        """The location's zone."""
        return ZoneInfo(self.location.zone)

    def zone_of(self, location: Location) -> ZoneInfo:
        """Another location's zone."""
        return ZoneInfo(location.zone)

    @property
    def today(self) -> date:
        """The location's present date."""
        return clock.now().astimezone(self.zone).date()

    def written(self, text: str) -> date | None:
        """A date as the reader writes it."""
        return read_date(text, self.formats, self.today)

    @property
    def live(self) -> dict[str, Any]:
        """By which news of which day a page without the grid keeps itself up to date."""
        events = f"/events/{self.guest.organization.slug}/"
        return {"events": events, "location": self.location.pk, "date": self.day.isoformat()}

    def _setting(self, key: str) -> bool:
        return bool(settings.value(queries.setting_rows(), key, location=self.location.pk))

    @property
    def schemes(self) -> list[tuple[str, str]]:
        """Public health and private, where the organization marks its visits."""
        marked = settings.value(queries.setting_rows(), "schemes")
        return scheme_words() if marked else []

    def text(self, value: dict[str, str]) -> str:
        """A tenant's text for the reader."""
        return text(value, self.guest.language, self.profile.language)

    def url(self, name: str, **parts: Any) -> str:
        """The address of a desk view of this organization."""
        return reverse(f"desk:{name}", kwargs={"organization": self.guest.organization.slug, **parts})

    def context(self) -> dict[str, Any]:
        """What `desk/base.html` reads."""
        return {
            "organization_name": self.profile.name,
            "desk_url": self.url("day"),
            "accent_url": _accent_url(self),
            "office_url": _office_url(self.guest),
            "ways": ways(self),
            "new_url": self.url("new") if self.guest.may(rights.VISITS_BOOK) else "",
            "schemes": self.schemes,
            "has_queue": self.guest.may(rights.VISITS_SEE) and self._setting("queue"),
            "section": "journal",
            "trade": words(self.profile.trade),
            "comer": comer(words(self.profile.trade).who),
            "frame": self,
            "guest": self.guest,
        }


def frame(request: HttpRequest, guest: Guest, values: Body) -> Frame:
    """The frame for `?location=&date=`; by default the last location used and its today. 404 for unknown ones."""
    wanted = values.number("location")
    profile, places = queries.profile_and_locations()
    chosen = wanted or request.session.get(LOCATION, {}).get(str(guest.organization.pk))
    location = next((place for place in places if place.pk == chosen), None)
    if location is None:
        location = queries.location(wanted) if wanted is not None else _first(places)
    today = clock.now().astimezone(ZoneInfo(location.zone)).date()
    return Frame(guest, profile, places, location, read_day(values.text("date")) or today)


def frame_of(guest: Guest, visit: Visit) -> Frame:
    """The frame of a visit: its location and its day."""
    places = queries.locations()
    location = next((place for place in places if place.pk == visit.location_id), None)
    location = location or queries.location(visit.location_id)
    day = clock.from_minute(visit.s).astimezone(ZoneInfo(location.zone)).date()
    return Frame(guest, queries.profile(), places, location, day)


def _first(places: list[Location]) -> Location:
    if not places:
        raise not_found()
    return places[0]


def remember(request: HttpRequest, guest: Guest, location: Location) -> None:
    """Keep the location for the next visit to the desk."""
    kept = request.session.get(LOCATION, {})
    if kept.get(str(guest.organization.pk)) != location.pk:
        request.session[LOCATION] = {**kept, str(guest.organization.pk): location.pk}


def only(guest: Guest) -> int | None:
    """The one resource the guest may see, None for all. Raises the refusal 403 where visits may not be seen at all."""
    if guest.may(rights.VISITS_SEE):
        return None
    guest.require(rights.VISITS_SEE_OWN)
    return guest.resource_id or 0


def _accent_url(frame: Frame) -> str:
    from django.urls import NoReverseMatch

    try:
        return reverse("front:accent", kwargs={"organization": frame.guest.organization.slug})
    except NoReverseMatch:
        return ""


def _office_url(guest: Guest) -> str:
    """The office's address for those who may open it, else empty."""
    if not any(guest.may(right) for right in OFFICE):
        return ""
    return reverse("office:home", kwargs={"organization": guest.organization.slug})
