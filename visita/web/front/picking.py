"""The services page with ticks: several services for one visit, chosen in one go and shown at its foot."""

from dataclasses import replace
from typing import Any

from visita.catalog.models import Service
from visita.web.front.choice import MOST, Wanted
from visita.web.front.services import ServicesPage
from visita.web.front.summary import Part, Subject


class PickingPage(ServicesPage):
    """The context of `front/services.html` while several services are chosen; a press ticks or unticks."""

    def able(self) -> bool:
        """Whether there is anything to tick."""
        return bool(self._given())

    def context(self) -> dict[str, Any]:
        """Everything the template shows."""
        return {
            **super().context(),
            "picking": True,
            "picked": self._picked(),
            "several_url": "",
            "by_people": "",
            "change_place": "",
            "go_on": self.place.url(self.name, replace(self.choice, view="", whose=0, search="").query()),
        }

    def _alone(self) -> bool:
        return True

    def _given(self) -> list[Service]:
        found = self.offer.services_for(self.location, None)
        return [service for service in found if self.offer.combines(self.location, service)]

    def _row(self, service: Service) -> dict[str, Any]:
        ticked = self._ticked(service)
        row = super()._row(service)
        full = len(self.choice.wanted) >= MOST and ticked is None
        return {**row, "ticked": ticked is not None, "url": "" if full else self._toggled(service, ticked)}

    def _ticked(self, service: Service) -> Wanted | None:
        mine = [one for one in self.choice.wanted if one.subject == self.choice.whose]
        return next((one for one in mine if one.service == service.pk), None)

    def _toggled(self, service: Service, ticked: Wanted | None) -> str:
        person = self.choice.resource if self.choice.service is None else None
        people = [one.pk for one in self.offer.people(service.pk, self.location)]
        one_more = self.choice.with_one(service.pk, person if person in people else None)
        changed = one_more if ticked is None else self.choice.without(ticked)
        return self.place.url(self.name, replace(changed, search="").query(location=self._where()))

    def _picked(self) -> dict[str, str] | None:
        known = [one for one in self.choice.wanted if one.service in self.offer.services]
        if not known:
            return None
        first, *rest = [Part(self.offer.services[one.service], one.resource, one.subject) for one in known]
        subject = Subject(
            self.place, self.offer, self.location or 0, first.service, first.resource, also=tuple(rest)
        )
        return {"names": subject.name, "about": " · ".join(filter(None, [subject.length, subject.price]))}
