"""The cards of people (or rooms, lifts, pitches): "anyone" first, each with the nearest time as a button."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from visita.bookings.availability import Start
from visita.scheduling.models import Resource
from visita.web.components.formats import Formats
from visita.web.front.promoted import Deal
from visita.web.front.times import Free


@dataclass(frozen=True, slots=True)
class Face:
    """Initials and the tone they stand on; `photo` is the address of a picture that takes their place."""

    initials: str
    tone: int
    photo: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """`id` None is anyone. `day`, `clock`, `deal` and `label` tell the nearest time; `minute` 0 means there is none."""

    id: int | None
    name: str
    second: str
    faces: list[Face]
    url: str
    chosen: bool
    minute: int
    day: str
    clock: str
    label: str
    deal: str = ""

    @property
    def key(self) -> str:
        """Who it is, as slots and ids name them."""
        return str(self.id or "any")

    @property
    def slot(self) -> str:
        """The nearest time as its button sends it."""
        return f"{self.key}.{self.minute}"


def face(resource: Resource, photo: str = "") -> Face:
    """The initials of a name, on a tone that stays the same for the person."""
    words = [word for word in resource.name.split() if word[:1].isalnum()]
    letters = [word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words[:1])]
    return Face("".join(letters).upper(), resource.pk % 5, photo)


def anyone(resources: list[Resource]) -> str:
    """Anyone among people, any among things."""
    return _("Anyone") if all(one.kind == "person" for one in resources) else _("Any")


class Cards:
    """Builds the cards of a page."""

    def __init__(
        self,
        free: Free,
        formats: Formats,
        resources: list[Resource],
        photo: Callable[[int], str],
        deal: Callable[[Start, int | None], Deal | None],
    ) -> None:
        self.free, self.formats, self.resources, self.photo, self.deal = free, formats, resources, photo, deal

    def anyone(self, url: str, chosen: bool) -> Card:
        """The card that stands first."""
        faces = [face(one, self.photo(one.pk)) for one in self.resources[:3]]
        return self._card(None, anyone(self.resources), _("the soonest time"), faces, url, chosen)

    def one(self, resource: Resource, second: str, url: str, chosen: bool) -> Card:
        """One person's card; `second` is the occupation."""
        return self._card(
            resource.pk, str(resource), second, [face(resource, self.photo(resource.pk))], url, chosen
        )

    def _card(
        self, key: int | None, name: str, second: str, faces: list[Face], url: str, chosen: bool
    ) -> Card:
        start = self.free.nearest.get(key)
        if start is None:
            return Card(key, name, second, faces, url, chosen, 0, "", "", "")
        moment = self.free.local(start.start)
        clock = self.formats.time(moment)
        deal = self.deal(start, key)
        told = [self.formats.full_day(moment.date()), clock, name, deal.words if deal else ""]
        label, short = ", ".join(filter(None, told)), deal.short if deal else ""
        day = self._day(moment.date())
        return Card(key, name, second, faces, url, chosen, start.start, day, clock, label, short)

    def _day(self, day: date) -> str:
        if day == self.free.today:
            return _("Today")
        if day == self.free.today + timedelta(days=1):
            return _("Tomorrow")
        return self.formats.day(day) if (day - self.free.today).days > 20 else self._near(day)

    def _near(self, day: date) -> str:
        return f"{self.formats.weekday(day)} {day.day}"
