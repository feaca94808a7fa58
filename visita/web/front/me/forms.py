"""What a client types about themselves; read by the same rules as every other door."""

from dataclasses import replace
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from visita.clients.personal_data import Personal
from visita.foundation import text
from visita.foundation.errors import Refusal
from visita.web.components.empty import one_wording
from visita.web.front.place import Place, name_of, offered

_PERSONAL: Final = {
    "birth_date": (_("Date of birth"), 10, {"type": "date", "autocomplete": "bday"}),
    "tax_code": (_("Tax code"), 32, {"autocomplete": "off", "autocapitalize": "characters"}),
    "address": (_("Address"), 300, {"autocomplete": "street-address"}),
    "postal_code": (_("Postal code"), 16, {"autocomplete": "postal-code"}),
    "city": (_("City"), 120, {"autocomplete": "address-level2"}),
}


class PersonForm(forms.Form):
    """Name, language and the personal data this organization asks for; which and how is its setting."""

    first_name = forms.CharField(label=_("First name"), max_length=120)
    last_name = forms.CharField(label=_("Last name"), max_length=120, required=False)
    language = forms.ChoiceField(label=_("Language of messages"))

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        self.asked: dict[str, str] = place.setting("client_fields")
        self._shape("first_name", autocomplete="given-name", maxlength=120)
        self._shape("last_name", autocomplete="family-name", maxlength=120)
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)
        language.choices = [(code, name_of(code)) for code in offered(place.profile)]
        language.widget.attrs["class"] = "input"
        for name, (label, longest, attributes) in _PERSONAL.items():
            if self.asked.get(name, "no") != "no":
                self.fields[name] = forms.CharField(label=label, max_length=longest)
                self._shape(name, maxlength=longest, **attributes)
        for name, field in self.fields.items():
            if name not in ("first_name", "language"):
                field.required = self.asked.get(name) == "required"
        if len(language.choices) < 2:
            del self.fields["language"]
        one_wording(self)

    def _shape(self, name: str, **attributes: Any) -> None:
        self.fields[name].widget = forms.TextInput(attrs={"class": "input", **attributes})

    def clean(self) -> dict[str, Any]:
        """Read the names; the rest is read by the action that keeps it."""
        found: dict[str, Any] = super().clean() or {}
        for name in ("first_name", "last_name"):
            if name in found:
                try:
                    found[name] = text.line(found[name], field=name, limit=120)
                except Refusal as refusal:
                    self.add_error(name, str(refusal.message))
        if not self.errors:
            self._read_personal(found)
        return found

    def _read_personal(self, found: dict[str, Any]) -> None:
        try:
            self._personal(found).columns()
        except Refusal as refusal:
            self.refuse(refusal)

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at the field it names, else above the form."""
        name = refusal.field or ""
        self.add_error(name if name in self.fields else None, str(refusal.message))

    def personal(self, kept: Personal) -> Personal | None:
        """The personal data typed, what is not asked for here as it is `kept`; None where nothing is asked for."""
        asked = {name: str(self.cleaned_data.get(name, "")) for name in _PERSONAL if name in self.fields}
        country = self.place.profile.country if "tax_code" in asked else kept.tax_country
        return replace(kept, **asked, tax_country=country) if asked else None

    def _personal(self, found: dict[str, Any]) -> Personal:
        typed = {name: str(found.get(name, "")) for name in _PERSONAL}
        return Personal(**typed, tax_country=self.place.profile.country)


class SubjectForm(forms.Form):
    """An animal, a child, a car: its kind (when it is new), its name, and what is worth knowing."""

    kind = forms.CharField(label=_("What is it?"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=120)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget = forms.TextInput(
            attrs={"class": "input", "maxlength": 120, "autocomplete": "off"}
        )
        if known:
            del self.fields["kind"]
        elif kinds:
            self.fields["kind"] = forms.ChoiceField(label=_("What is it?"), choices=kinds)
            self.fields["kind"].widget.attrs["class"] = "input"
        else:
            self.fields["kind"].widget = forms.TextInput(attrs={"class": "input", "maxlength": 40})
        one_wording(self)

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at the field it names, else above the form."""
        name = refusal.field or ""
        self.add_error(name if name in self.fields else None, str(refusal.message))
