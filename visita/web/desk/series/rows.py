"""The dates of a preview as the page shows them: free, or what is in the way and what could be instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from visita.bookings import series_plan
from visita.bookings.requests import BookRequest, Item
from visita.bookings.rules import Rules
from visita.bookings.series_plan import Near, Occasion
from visita.foundation.errors import Refusal
from visita.scheduling.claims import NOTHING, Ignored
from visita.scheduling.models import Resource
from visita.web.desk.frame import Frame
from visita.web.desk.reading import Body
from visita.web.desk.series import reading
from visita.web.desk.series.words import why


@dataclass(frozen=True, slots=True)
class Choice:
    """Something a row can become: its value in the form and its words."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One date. `key` names its fields; free rows have one choice to tick, others several to choose from."""

    key: int
    day: str
    time: str
    who: str
    free: bool
    why: str
    choices: tuple[Choice, ...]
    ticked: bool
    picking: bool
    pick_day: str
    pick_time: str
    was: str = ""
    apart: bool = False


class Shown:
    """Makes rows of occasions; names people and remembers what the form had."""

    def __init__(self, place: Frame, sent: Body, occasions: Iterable[Occasion]) -> None:
        self.place, self.sent = place, sent
        ids = {
            item.resource_id
            for each in occasions
            for items in (each.items, *(near.items for near in each.near))
            for item in items
            if item.resource_id
        }
        self.names = {row.pk: str(row) for row in Resource.objects.filter(pk__in=ids)}

    def row(
        self, key: int, each: Occasion, skip: str, *, was: datetime | None = None, apart: bool = False
    ) -> Row:
        """`skip`: what it is called to leave this date out."""
        kept = self.sent.text(f"row_{key}", 400)
        picking = kept == reading.PICK
        first = any(self.sent.values.get(name) for name in (f"seen_{key}",))
        value = reading.packed(each.items, each.price)
        same = (
            bool(kept) if self.sent.flag("look") else kept == value or picking
        )  # another rule: the tick stays
        ticked = same if first else not apart
        formats = self.place.formats
        return Row(
            key, formats.day(each.start.date()), formats.time(each.start), self._who(each.items), each.free,
            "" if each.refusal is None else why(each.refusal.code, each.refusal.message),
            (Choice(value, "", ticked),) if each.free else self._choices(each, kept, skip, picking, first), ticked,
            picking and not each.free, f"{each.start:%Y-%m-%d}", f"{each.start:%H:%M}",
            formats.moment(was) if was and was != each.start else "", apart,
        )  # fmt: skip

    def _choices(
        self, each: Occasion, kept: str, skip: str, picking: bool, first: bool
    ) -> tuple[Choice, ...]:
        near = [(reading.packed(one.items, one.price), self._near(each, one)) for one in each.near]
        known = [value for value, _text in near]
        chosen = kept if first and (kept in known or kept == "") else known[0] if near and not picking else ""
        if picking:
            chosen = reading.PICK
        return (
            *(Choice(value, text, value == chosen) for value, text in near),
            Choice("", skip, chosen == ""),
            Choice(reading.PICK, _("Another time…"), chosen == reading.PICK),
        )

    def _near(self, each: Occasion, one: Near) -> str:
        formats = self.place.formats
        same_day = one.start.date() == each.start.date()
        when = formats.time(one.start) if same_day else formats.moment(one.start)
        return when if one.same else f"{when}, {self._who(one.items)}"

    def _who(self, items: Iterable[Item]) -> str:
        names = [self.names[item.resource_id] for item in items if item.resource_id in self.names]
        return ", ".join(dict.fromkeys(names))


def with_picked(
    occasions: Iterable[Occasion],
    sent: Body,
    place: Frame,
    known: Rules,
    request: BookRequest,
    ignored: Ignored = NOTHING,
) -> list[Occasion]:
    """Rows for which another time was typed are looked at there. Inside a scope."""
    found = []
    for each in occasions:
        start = reading.picked(sent, each.number, place)
        if start is None:
            found.append(each)
            continue
        items = series_plan.shifted(known, each.items, start)
        found.append(series_plan.look(known, items, request, each.number, ignored=ignored, apart=True))
    return found


def picks(sent: Body) -> bool:
    """Whether another time was typed anywhere: it is looked at before anything is saved."""
    return any(name.startswith("row_") and value == reading.PICK for name, value in sent.values.items())


def chosen(sent: Body) -> dict[int, str]:
    """The values of the rows that were not left out, by key."""
    found = {}
    for name, value in sent.values.items():
        if name.startswith("row_") and value and name[4:].isdecimal() and len(name) < 24:
            if not isinstance(value, str):
                raise Refusal("text_invalid", 422, _("This text cannot be used."), field=name)
            found[int(name[4:])] = value
    return dict(sorted(found.items()))
