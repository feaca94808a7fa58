"""Which locations of a chain stand side by side: those a person chose, or works at, first; the others page by page."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from visita.foundation.errors import Refusal
from visita.identity import actions as identity
from visita.identity.preferences import preference
from visita.scheduling.models import ResourceLocation
from visita.tenancy.models import Location
from visita.web.desk.door import Guest
from visita.web.desk.frame import Frame
from visita.web.desk.reading import number, query

NAME = "places"  # of the preference: the ids a person chose
PAGE = 8  # locations side by side: with eight people each as many blocks as a journal of twenty columns has
MOST = 400  # ids that are kept


@dataclass(frozen=True, slots=True)
class Pages:
    """All locations in the reader's order, in pages; `page` counts from 1, `chosen` are the reader's own."""

    pages: tuple[tuple[Location, ...], ...]
    page: int
    chosen: tuple[int, ...]

    @property
    def shown(self) -> tuple[Location, ...]:
        """The locations of the page."""
        return self.pages[self.page - 1] if self.pages else ()

    @property
    def ids(self) -> frozenset[int]:
        """Their ids."""
        return frozenset(each.pk for each in self.shown)

    @property
    def first(self) -> int:
        """The number of the page's first location among all, from 1."""
        return 1 + sum(len(each) for each in self.pages[: self.page - 1])

    @property
    def last(self) -> int:
        """The number of its last one."""
        return self.first + len(self.shown) - 1

    @property
    def all(self) -> int:
        """How many there are."""
        return sum(len(each) for each in self.pages)

    @property
    def others(self) -> int:
        """How many are not on the page."""
        return self.all - len(self.shown)

    def with_(self, location: int) -> list[int]:
        """The choice that puts one more in front of those chosen, or of those on the page."""
        kept = self.chosen or tuple(each.pk for each in self.shown[: PAGE - 1])
        return [location, *(pk for pk in kept if pk != location)]


def pages(request: HttpRequest, place: Frame, only: Collection[int] | None = None) -> Pages:
    """`?show=` (repeated) chooses and is kept for the person, an empty one goes back to the usual; `?page=` turns.

    `only` leaves out locations. Refuses bad_number.
    """
    guest = place.guest
    chosen = _asked(request, guest) if "show" in request.GET else tuple(preference(guest.user.pk, NAME) or ())
    known = {each.pk: each for each in place.locations if only is None or each.pk in only}
    usual = () if any(pk in known for pk in chosen) else (*_work(guest), place.location.pk)
    return cut(known, chosen, usual, query(request).number("page") or 1)


def cut(known: Mapping[int, Location], chosen: Sequence[int], usual: Iterable[int], page: int) -> Pages:
    """`known` in the organization's order; `chosen`, else `usual`, come first. A page too many is the last one."""
    own = [pk for pk in dict.fromkeys(chosen) if pk in known]
    first = own or [pk for pk in usual if pk in known]
    order = [known[pk] for pk in dict.fromkeys((*first, *known))]
    parts = (order[: len(own)], order[len(own) :])  # what was chosen fills pages of its own
    pages = tuple(tuple(part[at : at + PAGE]) for part in parts for at in range(0, len(part), PAGE))
    return Pages(pages, max(1, min(page, len(pages))), tuple(own))


def _asked(request: HttpRequest, guest: Guest) -> tuple[int, ...]:
    """The chosen ids, kept."""
    given = [number(each) for each in request.GET.getlist("show")[:MOST] if each]
    if None in given:
        raise Refusal("bad_number", 422, "", field="show")
    chosen = tuple(each for each in given if each is not None)
    fresh = (
        "X-Part" not in request.headers
    )  # not a page that news made anew: another window may have chosen since
    if fresh and list(chosen) != list(preference(guest.user.pk, NAME) or ()):
        identity.prefer.here(guest.user.pk, NAME, list(chosen))
    return chosen


def _work(guest: Guest) -> Iterable[int]:
    """Where the reader's own calendar is kept."""
    if guest.resource_id is None:
        return ()
    found = ResourceLocation.objects.filter(resource_id=guest.resource_id)
    return found.values_list("location_id", flat=True)
