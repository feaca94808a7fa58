"""What one who wants to wait says: with whom, when, and who they are. The same person's fields as a booking's."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from visita.bookings.waitlist.windows import FARTHEST, Window
from visita.foundation.errors import Refusal
from visita.web.front.asks import Asks
from visita.web.front.forms import DetailsForm
from visita.web.front.parts import EVENING, NOON, names
from visita.web.front.place import Place

SPANS: Final = {
    "morning": (0, NOON * 60),
    "afternoon": (NOON * 60, EVENING * 60),
    "evening": (EVENING * 60, 1440),
}


class JoinForm(DetailsForm):
    """Who waits, from which to which day; chips for weekdays and parts of the day, none meaning all."""

    resource = forms.ChoiceField(label=_("With whom"), required=False)
    first_day = forms.DateField(label=_("From"))
    last_day = forms.DateField(label=_("Until"))
    weekdays = forms.MultipleChoiceField(label=_("Days of the week"), required=False)
    parts = forms.MultipleChoiceField(label=_("Part of the day"), required=False)
    seats = forms.IntegerField(label=_("How many people"), min_value=1, initial=1, required=False)

    def __init__(
        self, *args: Any, place: Place, people: list[tuple[str, str]], most: int, today: date, **more: Any
    ) -> None:
        super().__init__(*args, place=place, **more)
        _choices(self.fields["resource"], people)
        self.fields["resource"].widget.attrs["class"] = "input"
        monday = date(2024, 1, 1)
        week = [(str(at), place.formats.weekday(monday + timedelta(days=at))) for at in range(7)]
        _choices(self.fields["weekdays"], week)
        _choices(self.fields["parts"], list(names().items()))
        for name in ("first_day", "last_day"):
            limits = {"min": today.isoformat(), "max": (today + timedelta(days=FARTHEST)).isoformat()}
            self.fields[name].widget = forms.DateInput(
                format="%Y-%m-%d", attrs={"type": "date", "class": "input", **limits}
            )
        self.fields["seats"].widget = forms.NumberInput(
            attrs={"class": "input", "min": 1, "max": most, "inputmode": "numeric"}
        )
        if most < 2:
            del self.fields["seats"]

    def window(self) -> Window:
        """The times wanted."""
        data = self.cleaned_data
        spans = tuple(SPANS[part] for part in SPANS if part in data["parts"])
        parts = () if len(spans) == len(SPANS) else spans
        return Window(data["first_day"], data["last_day"], tuple(map(int, data["weekdays"])), parts)

    def whom(self) -> int | None:
        """Whom they want; None for anyone."""
        wanted = self.cleaned_data["resource"]
        return int(wanted) if wanted else None

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


class AcceptForm(DetailsForm):
    """What the booking asks besides who and when, for one who is known and accepts an offer."""

    def __init__(self, *args: Any, place: Place, asks: Asks, **more: Any) -> None:
        super().__init__(*args, place=place, asks=asks, **more)
        for name in ("region", "phone", "first_name", "last_name", "email", "note"):
            del self.fields[name]

    @property
    def asks_anything(self) -> bool:
        """Whether there is a field to show at all."""
        return bool(self.fields)


def tell(form: forms.Form, refusal: Refusal) -> None:
    """A refusal at the field it names, else above the form."""
    field = refusal.field or ""
    form.add_error(field if field in form.fields else None, str(refusal.message))


def _choices(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    field.choices = choices  # type: ignore[attr-defined]  # a choice field's own
