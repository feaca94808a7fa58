"""Who is free at the chosen time: the last choice of a path in which the person comes after day and time."""

from typing import Any

from django.utils.translation import gettext as _

from visita.scheduling.models import Resource
from visita.web.front.people import anyone, face
from visita.web.front.when import WhenPage


class FreeThen:
    """The people free at an epoch minute, out of a page of times that has been worked out; few or none are no choice."""

    def __init__(self, page: WhenPage, minute: int) -> None:
        self.page, self.minute = page, minute
        self.moment = page.free.local(minute)
        starts = page.free.on(self.moment.date())
        free = next((set(start.resources) for start in starts if start.start == minute), set[int]())
        able = page.offer.people(page.subject.service.pk, page.subject.location)
        self.people = [one for one in able if one.pk in free]

    def context(self, chosen: list[dict[str, Any]]) -> dict[str, Any]:
        """Everything `front/free_then.html` shows."""
        page, subject = self.page, self.page.subject
        return {
            "step": 2,
            "chosen": chosen,
            "subject": subject,
            "lines": subject.lines(),
            "when": page.formats.moment(self.moment),
            "day_title": page.formats.full_day(self.moment.date()),
            "rows": [self._row(one) for one in ([None] if len(self.people) > 1 else []) + self.people],
            "times_url": page.to_day(self.moment.date()),
            "target": page.place.url("hold"),
            "typed": page.way.typed,
            "kept": page.choice.kept(),
            "policy": subject.policy(self.moment),
        }

    def taken(self) -> str:
        """What is said when nobody is free at it any more."""
        return _("%(time)s was just taken.") % {"time": self.page.formats.time(self.moment)}

    def _row(self, one: Resource | None) -> dict[str, Any]:
        page = self.page
        if one is None:
            return {
                "value": f"any.{self.minute}",
                "name": anyone(self.people),
                "second": _("whoever is free"),
            }
        price = page.offer.price(page.subject.service, one.pk, self.moment)
        own = (
            page.formats.fee(price, page.place.profile.currency) if price != page.subject.price_minor else ""
        )
        return {
            "value": f"{one.pk}.{self.minute}",
            "name": str(one),
            "second": page.place.text(one.occupation),
            "price": own,
            "face": face(one, page.place.photo(one.pk)),
        }
