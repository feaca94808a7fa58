"""The wishes of the code generator: which form, what is chosen beforehand, in which words and colours."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visita.foundation.errors import Refusal
from visita.foundation.text import color
from visita.web.front.offer import Offer
from visita.web.front.place import name_of
from visita.web.office.room import Room

FORMS = (
    ("inline", _("In the page")),
    ("popup", _("Button with a window")),
    ("floating", _("Floating button")),
    ("link", _("Link")),
    ("qr", _("QR code")),
)
_THEMES = (("light", _("Light")), ("dark", _("Dark")), ("auto", _("As the device")))


class _Color(forms.TextInput):
    input_type = "color"


class SharingForm(forms.Form):
    """All with a default, so that the page shows a working code at once."""

    form = forms.ChoiceField(choices=FORMS, widget=forms.RadioSelect, label=_("How it shows"))
    location = forms.ChoiceField(label=_("Place"), required=False)
    service = forms.ChoiceField(label=_("Service"), required=False)
    resource = forms.ChoiceField(label=_("Person"), required=False)
    flow = forms.ChoiceField(label=_("Booking path"), required=False)
    lang = forms.ChoiceField(label=_("Language"), required=False)
    words = forms.CharField(label=_("Words on the button"), max_length=80)
    color = forms.CharField(label=_("Button colour"), max_length=7, widget=_Color)
    ink = forms.CharField(label=_("Colour of its words"), max_length=7, widget=_Color)
    theme = forms.ChoiceField(label=_("Light or dark"), choices=_THEMES)

    def __init__(self, data: Any, room: Room, offer: Offer) -> None:
        self.defaults = _defaults(room)
        super().__init__({**self.defaults, **{key: value for key, value in data.items() if value}})
        for name, choices in _choices(room, offer).items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        for name, field in self.fields.items():
            if name != "form":
                field.widget.attrs["class"] = "input"

    def clean_color(self) -> str:
        """#rrggbb."""
        return self._color("color")

    def clean_ink(self) -> str:
        """#rrggbb."""
        return self._color("ink")

    def wishes(self) -> dict[str, Any]:
        """What was wished; the defaults in place of what cannot be."""
        fine = self.cleaned_data if self.is_valid() else {}
        names = [name for name in self.fields if name not in self.errors]
        return {**self.defaults, **{name: self.cleaned_data.get(name, "") for name in names}, **fine}

    def _color(self, name: str) -> str:
        try:
            return color(self.cleaned_data[name])
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal.message)) from refusal


def _defaults(room: Room) -> dict[str, str]:
    return {
        "form": "inline",
        "words": str(_("Book online")),
        "color": room.profile.accent or "#0e5c69",
        "ink": "#ffffff",
        "theme": "light",
    }


def _paths(offer: Offer, words: Any) -> list[tuple[str, Any]]:
    """The booking paths that have a link of their own."""
    return [(link, words(path.name) or link) for link, path in offer.paths.items() if link]


def _choices(room: Room, offer: Offer) -> dict[str, list[tuple[str, Any]]]:
    def words(value: dict[str, str]) -> str:
        from visita.foundation.words import text

        return text(value, room.guest.language, room.profile.language)

    profile = room.profile
    tongues = dict.fromkeys([profile.language, *profile.languages])
    return {
        "location": [("", _("Client chooses")), *((str(k), one.name) for k, one in offer.locations.items())],
        "service": [
            ("", _("Client chooses")),
            *((str(k), words(one.name)) for k, one in offer.services.items()),
        ],
        "resource": [("", _("Client chooses")), *((str(k), str(one)) for k, one in offer.resources.items())],
        "flow": [("", _("The usual one")), *_paths(offer, words)],
        "lang": [("", _("As set for the pages")), *((code, name_of(code)) for code in tongues)],
    }
