"""Builds the page "What do you need?": services in groups, searched by name and synonym, or by person."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visita.catalog.models import Service
from visita.web.components.trades import words
from visita.web.front.choice import Choice
from visita.web.front.offer import Offer
from visita.web.front.people import face
from visita.web.front.place import Place
from visita.web.front.promoted import promoted
from visita.web.front.results import called, counted, found
from visita.web.front.summary import Subject


class ServicesPage:
    """The context of `front/services.html` at a location.

    `typed` is what the visitor typed so far: then links are buttons that carry it along, and there is no search.
    """

    def __init__(
        self, place: Place, offer: Offer, location: int | None, choice: Choice, typed: dict[str, str]
    ) -> None:
        self.place, self.offer, self.location, self.choice = place, offer, location, choice
        self.typed = typed
        self.name = "when" if typed else "home"
        self.person = offer.resources.get(choice.resource or 0)
        self.by_people = choice.by == "people" and self.person is None

    def context(self) -> dict[str, Any]:
        """Everything the template shows."""
        search = self.choice.search.strip()
        groups = self._people() if self.by_people else self._groups()
        if search:
            groups = found(search, words(self.place.profile.trade), *self._findable())
        several = len(self.offer.locations) > 1
        location = self.offer.locations.get(self.location or 0)
        return {
            "step": 1,
            "groups": groups,
            "search": search,
            "found": counted(groups) if search else "",
            "hidden": {k: v for k, v in self.choice.query(search="").items() if v},
            "typed": self.typed,
            "searchable": (len(self.offer.services) > 6 or bool(search)) and not self.typed,
            "example": ", ".join(row["name"] for group in self._groups() for row in group["rows"][:1])[:60],
            "by_service": "" if self._alone() else self._url(by="", search=""),
            "by_people": "" if self._alone() else self._url(by="people", search=""),
            "everything": self._url(by="", search=""),
            "people_shown": self.by_people,
            "person": str(self.person) if self.person else "",
            "everyone": self._url(resource=None, by="people"),
            "notice": self.place.text(self.place.profile.notice),
            "location": {"name": location.name, "address": location.address or location.city}
            if location
            else None,
            "change_place": self._url(location=None, city="") if several and location else "",
            "several_url": self._url(view="several", by="", search="") if self._combinable() else "",
        }

    def _combinable(self) -> bool:
        """Whether several services can be put together in one visit."""
        able = self._given()
        offered = any(self.offer.combines(self.location, each) for each in able)
        return offered and len(able) > 1 and not self.by_people

    def _where(self) -> int | None:
        return self.location if len(self.offer.locations) > 1 else None

    def _url(self, **changes: Any) -> str:
        return self.place.url(self.name, self.choice.query(**{"location": self._where(), **changes}))

    def _alone(self) -> bool:
        """One person (or only things) gives everything: nobody has to be chosen first."""
        people = [one for one in self.offer.resources.values() if one.kind == "person"]
        return len(people) < 2 or self.person is not None

    def _given(self) -> list[Service]:
        found = self.offer.services_for(self.location, self.choice.resource if self.person else None)
        group = self.choice.group
        inside = [service for service in found if service.specialty_id == group] if group else []
        return inside or found

    def _groups(self) -> list[dict[str, Any]]:
        given: dict[int, list[Service]] = {}
        for service in self._given():
            given.setdefault(service.specialty_id or 0, []).append(service)
        order = [*self.offer.specialties, 0]
        keys = sorted(given, key=lambda key: order.index(key) if key in order else len(order))
        return [
            {"key": key, "name": self._specialty(key), "rows": [self._row(each) for each in given[key]]}
            for key in keys
        ]

    def _findable(self) -> tuple[list[dict[str, Any]], ...]:
        """What the search looks through: services, people, and groups as links to their part of the list."""
        groups = self._groups()
        rows = [row for group in groups for row in group["rows"]]
        people = [] if self.person else self._people()[0]["rows"]
        return rows, people, [self._group(group) for group in groups if group["name"]]

    def _group(self, group: dict[str, Any]) -> dict[str, Any]:
        count = len(group["rows"])
        return {
            "name": group["name"],
            "second": ngettext("%(count)d service", "%(count)d services", count) % {"count": count},
            "also": called(self.offer.specialties[group["key"]].name.values()),
            "url": f"{self._url(by='', search='')}#group-{group['key']}",
        }

    def _specialty(self, key: int) -> str:
        named = self.offer.specialties.get(key)
        return self.place.text(named.name) if named else ""

    def _row(self, service: Service) -> dict[str, Any]:
        subject = Subject(self.place, self.offer, self.location or 0, service, self.choice.resource)
        description = self.place.text(service.description)
        return {
            "name": subject.name,
            "second": " · ".join(
                filter(None, [subject.length, description if len(description) < 60 else ""])
            ),
            "tag": _("has preparation") if service.preparation else "",
            "price": subject.price,
            "promotion": promoted(self.place, self.offer, service, self.choice.resource),
            "url": self._url(service=service.pk, by="", search=""),
            "also": called(service.name.values(), service.synonyms.values()),
            "near": (self._specialty(service.specialty_id or 0), description),
        }

    def _people(self) -> list[dict[str, Any]]:
        rows = []
        for one in self.offer.resources.values():
            if one.kind == "person" and self.offer.services_for(self.location, one.pk):
                second = self.place.text(one.occupation)
                url = self._url(resource=one.pk, by="", search="")
                rows.append(
                    {
                        "name": str(one),
                        "second": second,
                        "url": url,
                        "near": (second,),
                        "face": face(one, self.place.photo(one.pk)),
                    }
                )
        return [{"name": "", "rows": rows}]
