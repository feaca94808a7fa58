"""What one who wants to wait says: with whom, when, and who they are. The same person's fields as a booking's."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visita.bookings.waitlist import windows
from visita.foundation.errors import Refusal
from visita.web.components.windows import WindowForm, choose
from visita.web.front.asks import Asks
from visita.web.front.forms import DetailsForm
from visita.web.front.place import Place


class JoinForm(WindowForm, DetailsForm):
    """Who waits, with whom, for how many, and when."""

    resource = forms.ChoiceField(label=_("With whom"), required=False)
    seats = forms.IntegerField(label=_("How many people"), min_value=1, initial=1, required=False)

    def __init__(
        self, *args: Any, place: Place, people: list[tuple[str, str]], most: int, today: date, **more: Any
    ) -> None:
        super().__init__(*args, place=place, **more)
        self.today = today
        self.dress(place.formats, today)
        choose(self.fields["resource"], people)
        self.fields["resource"].widget.attrs["class"] = "input"
        self.fields["seats"].widget = forms.NumberInput(
            attrs={"class": "input", "min": 1, "max": most, "inputmode": "numeric"}
        )
        if most < 2:
            del self.fields["seats"]

    def clean(self) -> dict[str, Any]:
        """With the dates by the list's own rule, so that every fault is told at once."""
        found = super().clean()
        if {"first_day", "last_day"} <= found.keys():
            try:
                windows.read(windows.Window(found["first_day"], found["last_day"]), self.today)
            except Refusal as refusal:
                tell(self, refusal)
        return found

    def wanted(self) -> int | None:
        """Whom they want; None for anyone."""
        wanted = self.cleaned_data["resource"]
        return int(wanted) if wanted else None


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
    field = (refusal.field or "").rsplit(".", 1)[-1]
    form.add_error(field if field in form.fields else None, str(refusal.message))
