"""What the visitor types: kept as typed whatever happens, and read by the same rules as every other door."""

from typing import Any, Final

import phonenumbers
from django import forms
from django.utils.translation import gettext_lazy as _

from visita.bookings.requests import ClientDetails
from visita.foundation import phones, text
from visita.foundation.errors import Refusal

TYPED: Final = ("region", "phone", "first_name", "last_name", "email", "note")


def _input(**attributes: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "input", **attributes})


def regions(first: str) -> list[tuple[str, str]]:
    """Countries with their dialling codes, the organization's own first."""
    others = sorted(region for region in phonenumbers.SUPPORTED_REGIONS if region != first)
    known = [region for region in [first, *others] if region in phonenumbers.SUPPORTED_REGIONS]
    return [(region, f"{region} +{phonenumbers.country_code_for_region(region)}") for region in known]


class DetailsForm(forms.Form):
    """Who comes. Phone first; fields with a * must be filled."""

    region = forms.ChoiceField(label=_("Country code"), required=False)
    phone = forms.CharField(label=_("Mobile phone"), max_length=32)
    first_name = forms.CharField(label=_("First name"), max_length=120)
    last_name = forms.CharField(label=_("Last name"), max_length=120)
    email = forms.CharField(label=_("Email"), max_length=254, required=False)
    note = forms.CharField(label=_("What should we know?"), max_length=2000, required=False)

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country = country
        region = self.fields["region"]
        assert isinstance(region, forms.ChoiceField)
        region.choices = regions(country)
        region.widget.attrs.update({"class": "input", "autocomplete": "off"})
        self.fields["phone"].widget = _input(type="tel", autocomplete="tel", inputmode="tel", maxlength=32)
        self.fields["first_name"].widget = _input(autocomplete="given-name", maxlength=120)
        self.fields["last_name"].widget = _input(autocomplete="family-name", maxlength=120)
        self.fields["email"].widget = _input(
            type="email", autocomplete="email", inputmode="email", maxlength=254
        )
        self.fields["note"].widget = forms.Textarea(attrs={"class": "input", "rows": 2, "maxlength": 2000})

    def clean(self) -> dict[str, Any]:
        """Read every field by the rules of the house and tie each refusal to its field."""
        found: dict[str, Any] = super().clean() or {}
        region = found.get("region") or self.country
        self._read(found, "phone", lambda value: phones.read(value, region).typed)
        if found.get("phone"):
            found["phone"] = phones.e164(found["phone"], region) or found["phone"]
        for name in ("first_name", "last_name"):
            self._read(found, name, lambda value, name=name: text.line(value, field=name, limit=120))
        self._read(found, "email", text.email)
        self._read(found, "note", lambda value: text.note(value, field="note", limit=2000))
        return found

    def _read(self, found: dict[str, Any], name: str, reader: Any) -> None:
        if name in found:
            try:
                found[name] = reader(found[name])
            except Refusal as refusal:
                self.add_error(name, str(refusal.message))

    def refuse(self, refusal: Refusal) -> bool:
        """Show a refusal of the booking at the field it names; False when it names none of ours."""
        name = (refusal.field or "").rsplit(".", 1)[-1]
        if name not in self.fields:
            return False
        self.add_error(name, str(refusal.message))
        return True

    def client(self, language: str) -> ClientDetails:
        """The person, as the booking action wants them."""
        data = self.cleaned_data
        return ClientDetails(data["first_name"], data["last_name"], data["phone"], data["email"], language)


def typed(data: Any) -> dict[str, str]:
    """What was typed so far, to be carried along; empty when nothing was."""
    found = {name: str(data.get(name, ""))[:2000] for name in TYPED if name in data}
    return found if any(value for name, value in found.items() if name != "region") else {}


class CancelForm(forms.Form):
    """Why the visit is cancelled, in the visitor's words; may stay empty."""

    reason = forms.CharField(label=_("Why do you cancel?"), max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget = forms.Textarea(attrs={"class": "input", "rows": 2, "maxlength": 500})

    def clean_reason(self) -> str:
        """The reason as it can be kept."""
        try:
            return text.note(self.cleaned_data["reason"], field="reason", limit=500)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal.message)) from refusal
