"""Which step of the booking path is open: everything that has one choice only is taken, the rest is asked in order."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visita.catalog.models import Path
from visita.catalog.paths import OWN, USUAL, person_last
from visita.web.front import dayfirst
from visita.web.front.asked_form import AskedForm
from visita.web.front.choice import Choice
from visita.web.front.offer import Offer
from visita.web.front.people import anyone
from visita.web.front.place import Place

Row = dict[str, Any]

NOWHERE = "-"  # branches whose city is not told
_BRANCHES = 6  # more than these are asked by city first


class Walk:
    """A visitor's way: the choice with what follows of itself, what is still offered, and the steps in order.

    `typed` is what the visitor typed so far: then links are buttons that carry it along. `notice` is what the organization
    says on the `first` page of a way, whichever that is (ORG-09).
    """

    def __init__(
        self, place: Place, offer: Offer, choice: Choice, typed: dict[str, str], *, first: bool = False
    ) -> None:
        self.place, self.typed = place, typed
        self.notice = place.text(place.profile.notice) if first else ""
        self.path = _path(offer, choice)
        self.steps: list[Row] = list(self.path.steps) if self.path else list(USUAL)
        self.person_last = person_last(self.steps)
        self.kinds = _kinds(offer, choice) if offer.asks_kind(choice.location) else []
        kind = (
            choice.kind
            if choice.kind in self.kinds
            else "".join(self.kinds[:1] if len(self.kinds) == 1 else [])
        )
        self.choice = replace(choice, kind=kind, link=self.path.link if self.path else "")
        self.offer = _answered(offer.only(kind), self.steps, self.choice)
        if self.choice.day and not self.choice.service and any(step["step"] == "day" for step in self.steps):
            self.offer = dayfirst.only(self.offer, self.choice)

    def asked(self, name: str) -> Row | None:
        """The page of a step whose answer is missing; None where nothing is to be asked."""
        found: Row | None = getattr(self, f"_{name}")() if name in _ASKED else None
        return None if found is None else {**self.frame(), **found}

    def frame(self) -> Row:
        """What every page of a step shows."""
        return {"step": 1, "chosen": self.chosen(), "typed": self.typed, "notice": self.notice}

    def own(self, step: Row) -> Row | None:
        """The page of a step of the organization's own, until it was read or answered."""
        if step["step"] not in OWN:
            return None
        answered = dict(self.choice.answers).get(step["key"]) in _valid(step)
        if answered and step["step"] != "form":
            return None
        page = {
            **self.frame(),
            "title": self.place.text(step["title"]),
            "words": self.place.text(step["text"]),
        }
        if step["step"] == "text":
            return {**page, "go_on": self._url(self.choice.answered(step["key"], "read"))}
        if step["step"] == "form":
            return self._form(step, page, answered)
        answers = [
            self._row(one["name"], self.choice.answered(step["key"], one["key"])) for one in step["answers"]
        ]
        return {**page, "rows": answers}

    def _form(self, step: Row, page: Row, sent: bool) -> Row | None:
        """The organization's fields, until they are filled in; what was typed stands in the form sent, never in an address."""
        form = AskedForm(self.place, step["fields"], self.typed, sent=sent)
        if not form.fields or (sent and form.is_valid()):
            return None
        go_on = self.place.url("when", self.choice.answered(step["key"], "filled").query())
        kept = {name: value for name, value in self.typed.items() if name not in form.fields}
        return {
            **page,
            "form": form,
            "go_on": go_on,
            "typed": kept,
            "status": 422 if sent and self.typed else 200,
        }

    def chosen(self) -> list[Row]:
        """What was chosen on the way, each as a link to choose it again."""
        found = []
        if len(self.kinds) > 1 and self.choice.kind:
            name = self.place.text(self.offer.kinds[self.choice.kind].name)
            found.append(
                {"name": name, "icon": "tag", "url": self._url(replace(self.choice, kind="").chosen(()))}
            )
        group = self.offer.specialties.get(self.choice.group or 0)
        if group:
            url = self._url(replace(self.choice, group=None).chosen(()))
            found.append({"name": self.place.text(group.name), "icon": "list", "url": url})
        for step in self.steps:
            found += self._answer(step)
        return found

    def _answer(self, step: Row) -> list[Row]:
        given = dict(self.choice.answers).get(step.get("key", ""))
        known = [one for one in step.get("answers", ()) if one["key"] == given]
        if step["step"] == "form" and given:
            known = [{"name": step["title"]}]
        kept = tuple(pair for pair in self.choice.answers if pair[0] != step.get("key"))
        url = self._url(replace(self.choice, answers=kept))
        return [{"name": self.place.text(one["name"]), "icon": "help", "url": url} for one in known]

    def _url(self, choice: Choice) -> str:
        return self.place.url("when" if self.typed else "home", choice.query())

    def _row(self, name: dict[str, str], choice: Choice, second: str = "", icon: str = "") -> Row:
        return {"name": self.place.text(name), "second": second, "icon": icon, "url": self._url(choice)}

    def _kind(self) -> Row | None:
        if self.choice.kind or len(self.kinds) < 2:
            return None
        rows = [
            self._row(self.offer.kinds[code].name, replace(self.choice, kind=code)) for code in self.kinds
        ]
        return {"title": _("Who is it for?"), "rows": rows}

    def _specialty(self) -> Row | None:
        given = self.offer.services_for(self.choice.location, self.choice.resource)
        counts: dict[int, int] = {}
        for service in given:
            counts[service.specialty_id or 0] = counts.get(service.specialty_id or 0, 0) + 1
        groups = [key for key in self.offer.specialties if key in counts]
        if self.choice.service or self.choice.group in groups or len(groups) < 2:
            return None
        rows = [
            self._row(
                self.offer.specialties[key].name,
                replace(self.choice, group=key),
                ngettext("%(count)d service", "%(count)d services", counts[key]) % {"count": counts[key]},
            )
            for key in groups
        ]
        return {"title": _("What is it about?"), "rows": rows}

    def _person(self) -> Row | None:
        if self.choice.service or self.choice.resource or self.choice.by or self.person_last:
            return None
        able = [
            one
            for one in self.offer.resources.values()
            if one.kind == "person" and self.offer.services_for(self.choice.location, one.pk)
        ]
        if len(able) < 2:
            return None
        rows = [
            {
                "name": anyone(able),
                "second": "",
                "icon": "people",
                "url": self._url(replace(self.choice, by="anyone")),
            }
        ]
        rows += [
            {
                "name": str(one),
                "second": self.place.text(one.occupation),
                "icon": "person",
                "url": self._url(replace(self.choice, resource=one.pk)),
            }
            for one in able
        ]
        return {"title": _("Who should it be with?"), "rows": rows}

    def _day(self) -> Row | None:
        if self.choice.day or self.choice.service:
            return None
        rows = [
            {
                "name": self.place.formats.full_day(day),
                "icon": "calendar",
                "url": self._url(replace(self.choice, day=day)),
            }
            for day in dayfirst.days(self.offer, self.choice)
        ]
        return {
            "title": _("Which day suits you?"),
            "rows": rows,
            "nothing": "" if rows else dayfirst.nothing(),
        }

    def city(self, open_: list[int]) -> Row | None:
        """The cities to choose from, before the branches, where there are several of them or many branches."""
        cities: dict[str, list[int]] = {}
        for key in open_:
            cities.setdefault(self.offer.locations[key].city or NOWHERE, []).append(key)
        many = len(open_) > _BRANCHES or len(open_) > len(cities)
        if self.choice.city in cities or len(cities) < 2 or not many:
            return None
        rows = []
        for city, keys in sorted(cities.items(), key=lambda each: (each[0] == NOWHERE, each[0])):
            count = ngettext("%(count)d branch", "%(count)d branches", len(keys)) % {"count": len(keys)}
            alone = self.offer.locations[keys[0]]
            further = replace(self.choice, city=city, location=keys[0] if len(keys) == 1 else None)
            second = ", ".join(filter(None, [alone.name, alone.address])) if len(keys) == 1 else count
            rows.append(
                {
                    "name": _("Elsewhere") if city == NOWHERE else city,
                    "second": second,
                    "icon": "pin",
                    "url": self._url(further),
                }
            )
        return {**self.frame(), "title": _("In which city?"), "rows": rows}


_ASKED = ("kind", "specialty", "person", "day")


def _path(offer: Offer, choice: Choice) -> Path | None:
    """The path of the address's link, else the organization's own."""
    return offer.paths.get(choice.link) or offer.paths.get("")


def _kinds(offer: Offer, choice: Choice) -> list[str]:
    """The kinds somebody is there for, at the place if it is known."""
    return [code for code in offer.kinds if offer.only(code).services_for(choice.location, None)]


def _valid(step: Row) -> set[str]:
    alone = {"text": "read", "form": "filled"}.get(step["step"])
    return {alone} if alone else {one["key"] for one in step["answers"]}


def _answered(offer: Offer, steps: list[Row], choice: Choice) -> Offer:
    """What is left after the answers that are about certain services only."""
    given = dict(choice.answers)
    for step in steps:
        for one in step.get("answers", ()):
            if one["services"] and given.get(step["key"]) == one["key"]:
                left = {key: each for key, each in offer.services.items() if key in one["services"]}
                offer = replace(offer, services=left)
    return offer
