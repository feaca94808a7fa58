"""The form part that says when somebody would come: dates, weekdays, parts of the day; for the waitlist at both doors."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visita.bookings.models import Waiting
from visita.bookings.waitlist.windows import FARTHEST, Window, pairs
from visita.web.components.formats import Formats

NOON, EVENING = 12, 17  # the hours at which the parts of a day begin
SPANS: Final = {
    "morning": (0, NOON * 60),
    "afternoon": (NOON * 60, EVENING * 60),
    "evening": (EVENING * 60, 1440),
}
_MONDAY: Final = date(2024, 1, 1)


def part_names() -> dict[str, str]:
    """The parts' names in the page's language."""
    return {"morning": _("Morning"), "afternoon": _("Afternoon"), "evening": _("Evening")}


class WindowForm(forms.Form):
    """Dates from and until, chips for weekdays and parts of the day, none meaning all. Call `dress` after making it."""

    first_day = forms.DateField(label=gettext_lazy("From"))
    last_day = forms.DateField(label=gettext_lazy("Until"))
    weekdays = forms.MultipleChoiceField(label=gettext_lazy("Days of the week"), required=False)
    parts = forms.MultipleChoiceField(label=gettext_lazy("Part of the day"), required=False)

    def dress(self, formats: Formats, today: date) -> None:
        """The words of the page's language, and dates within reach."""
        week = [(str(at), formats.weekday(_MONDAY + timedelta(days=at))) for at in range(7)]
        choose(self.fields["weekdays"], week)
        choose(self.fields["parts"], list(part_names().items()))
        limits = {"min": today.isoformat(), "max": (today + timedelta(days=FARTHEST)).isoformat()}
        for name in ("first_day", "last_day"):
            self.fields[name].widget = forms.DateInput(
                format="%Y-%m-%d", attrs={"type": "date", "class": "input", **limits}
            )

    def window(self) -> Window:
        """The times wanted; of a valid form."""
        data = self.cleaned_data
        spans = tuple(SPANS[part] for part in SPANS if part in data["parts"])
        parts = () if len(spans) == len(SPANS) else spans
        return Window(data["first_day"], data["last_day"], tuple(map(int, data["weekdays"])), parts)

    @property
    def chips(self) -> list[dict[str, Any]]:
        """The groups of chips: name, words, and each with whether it is ticked."""
        found = []
        for name in ("weekdays", "parts"):
            field = self[name]
            ticked = {str(value) for value in field.value() or ()}
            options = [(key, words, key in ticked) for key, words in field.field.choices]  # type: ignore[attr-defined]
            found.append({"name": name, "label": field.label, "options": options, "errors": field.errors})
        return found


def choose(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    """Give a choice field its choices."""
    field.choices = choices  # type: ignore[attr-defined]  # a choice field's own


def initial(waiting: Waiting) -> dict[str, Any]:
    """An entry's times as the form shows them."""
    known = {span: key for key, span in SPANS.items()}
    return {
        "first_day": waiting.first_day,
        "last_day": waiting.last_day,
        "weekdays": [str(day) for day in waiting.weekdays],
        "parts": [known[span] for span in pairs(waiting.parts) if span in known],
    }


def told(formats: Formats, waiting: Waiting) -> str:
    """Thu 26 Nov – Fri 4 Dec · Mon, Tue · morning."""
    days = formats.day(waiting.first_day)
    if waiting.last_day != waiting.first_day:
        days = f"{days} – {formats.day(waiting.last_day)}"
    week = ", ".join(formats.weekday(_MONDAY + timedelta(days=at)) for at in waiting.weekdays)
    return " · ".join(filter(None, [days, week, ", ".join(_parts(waiting))]))


def _parts(waiting: Waiting) -> list[str]:
    """The parts of the day in words; odd ones by their hours."""
    known, words = {span: key for key, span in SPANS.items()}, part_names()
    return [
        words[known[span]].lower() if span in known else f"{_clock(span[0])}–{_clock(span[1])}"
        for span in pairs(waiting.parts)
    ]


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"
