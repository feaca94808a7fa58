"""What the visitor types: kept as typed whatever happens, and read by the same rules as every other door."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import phonenumbers
from django import forms
from django.utils.translation import gettext_lazy as _

from visita.bookings.requests import ClientDetails, SubjectDetails
from visita.catalog.asking import THINGS
from visita.foundation import phones, text
from visita.foundation.errors import Refusal, Refusals
from visita.web.components import trades
from visita.web.components.empty import one_wording
from visita.web.components.long_select import LongSelect
from visita.web.front import extra, ticks, whom
from visita.web.front.asks import NOTHING, Asks
from visita.web.front.place import Place
from visita.web.front.whom import Comer

TYPED: Final = ("region", "phone", "first_name", "last_name", "email", "note", "whom", "remember", "earlier")
PREFIXES: Final = (extra.PREFIX, ticks.PREFIX, "whom_", *(f"{kind}_" for kind in whom.SPECS))

UNTOLD: Final = ("region", "whom", "remember", "earlier")  # what stands in a form that nobody has touched


def _input(**attributes: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "input", **attributes})


@cache
def regions(first: str) -> tuple[tuple[str, str], ...]:
    """Countries with their dialling codes, the organization's own first."""
    others = sorted(region for region in phonenumbers.SUPPORTED_REGIONS if region != first)
    known = [region for region in [first, *others] if region in phonenumbers.SUPPORTED_REGIONS]
    return tuple((region, f"{region} +{phonenumbers.country_code_for_region(region)}") for region in known)


class DetailsForm(forms.Form):
    """Who comes, for whom, and what the organization asks. Phone first; fields with a * must be filled."""

    region = forms.ChoiceField(label=_("Country code"), required=False, widget=LongSelect)
    phone = forms.CharField(label=_("Mobile phone"), max_length=32)
    first_name = forms.CharField(label=_("First name"), max_length=120)
    last_name = forms.CharField(label=_("Last name"), max_length=120)
    email = forms.CharField(label=_("Email"), max_length=254, required=False)
    note = forms.CharField(label=_("What should we know?"), max_length=2000, required=False)

    def __init__(self, *args: Any, place: Place, asks: Asks = NOTHING, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country, self.asks = place.profile.country, asks
        self.answers: dict[str, Any] = {}
        self.instead = ""  # where the service is that this person may book
        self.consents: tuple[str, ...] = ()
        self.first = Comer(kinds=asks.kinds)
        self.subject: SubjectDetails | None = None
        self.others: dict[int, SubjectDetails] = {}
        self._dress(place)
        for comer in (self.first, *asks.others):
            whom.install(self, comer, frozenset(["species"] if asks.kind_of else []))
        for rule in asks.fields:
            self.fields[f"{extra.PREFIX}{rule.code}"] = extra.build(rule, place.text)
        for tick in asks.ticks:
            self.fields[tick.name] = tick.field()
        one_wording(self)

    def _dress(self, place: Place) -> None:
        region = self.fields["region"]
        assert isinstance(region, forms.ChoiceField)
        region.choices = regions(self.country)
        region.widget.attrs.update({"class": "input", "autocomplete": "off"})
        self.fields["phone"].widget = _input(
            type="tel", autocomplete="tel", inputmode="tel", maxlength=32, placeholder=self._example()
        )
        self.fields["first_name"].widget = _input(autocomplete="given-name", maxlength=120)
        self.fields["last_name"].widget = _input(autocomplete="family-name", maxlength=120)
        self.fields["email"].widget = _input(
            type="email", autocomplete="email", inputmode="email", maxlength=254
        )
        self.fields["note"].widget = forms.Textarea(attrs={"class": "input", "rows": 2, "maxlength": 2000})
        self.fields["note"].label = str(trades.words(place.profile.trade).know)

    def _example(self) -> str:
        """A number of the country that is chosen."""
        return phones.example(str(self["region"].value() or self.country))

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
        self.answers = extra.read(self, self.asks.fields)
        self.consents = ticks.read(self, list(self.asks.ticks))
        self._read_comers()
        return found

    def _read_comers(self) -> None:
        """Whom or what it is for; the one who books comes once."""
        self.subject = whom.read(self, self.first, self.asks.kind_of)
        me = self.first.asks_whom and not self.subject
        for comer in self.asks.others:
            about = whom.read(self, comer, self.asks.kind_of)
            if about is not None:
                self.others[comer.number] = about
            elif me and comer.asks_whom:
                self.add_error(comer.whom, _("Only one of them can be you."))
            me = me or (about is None and comer.asks_whom)

    def _read(self, found: dict[str, Any], name: str, reader: Any) -> None:
        if name in found:
            try:
                found[name] = reader(found[name])
            except Refusal as refusal:
                self.add_error(name, str(refusal.message))

    def refuse(self, refusal: Refusal) -> bool:
        """Show a refusal of the booking at the fields it names; False when it names none of ours."""
        every = refusal.all if isinstance(refusal, Refusals) else [refusal]
        named = [(name, each) for each in every for name in self._named(each)]
        for name, each in named:
            self.add_error(name, str(each.message))
        return bool(named)

    def _named(self, refusal: Refusal) -> list[str]:
        name = refusal.field or ""
        if name == "consents":
            names = [f"{ticks.PREFIX}{each}" for each in refusal.extra.get("consents", ())]
        elif name.startswith("fields."):
            names = [extra.PREFIX + name.removeprefix("fields.")]
        else:
            names = [name.rsplit(".", 1)[-1]]
        return [each for each in names if each in self.fields]

    def client(self, language: str) -> ClientDetails:
        """The person, as the booking action wants them."""
        data = self.cleaned_data
        return ClientDetails(data["first_name"], data["last_name"], data["phone"], data["email"], language)

    def extra(self) -> Iterator[forms.BoundField]:
        """The organization's own questions that are still to be answered."""
        return (each for each in self._extra() if not self._answered(each))

    def answered(self) -> list[forms.BoundField]:
        """Those that were answered on the way here; they can be changed."""
        return [each for each in self._extra() if self._answered(each)]

    def _extra(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in self.fields if name.startswith(extra.PREFIX))

    def _answered(self, field: forms.BoundField) -> bool:
        asked = field.name.removeprefix(extra.PREFIX) in self.asks.before
        return asked and not field.errors and bool(field.value() or not field.field.required)

    def boxes(self) -> list[tuple[ticks.Tick, forms.BoundField]]:
        """The consents with their fields."""
        return [(tick, self[tick.name]) for tick in self.asks.ticks]

    def remembered(self) -> bool:
        """Whether the visitor ticked to be remembered; the script keeps it, we only show it again."""
        return bool(self.data.get("remember") or self.initial.get("remember"))

    def about(self) -> list[dict[str, Any]]:
        """The fields of whom or what the visit is about, by kind; `always` where no chip decides."""
        return self._parts(self.first)

    def comers(self) -> list[dict[str, Any]]:
        """Those who come besides the first: what each is called, its chips, and its fields by kind."""
        return [
            {
                "title": comer.title,
                "whom": self[comer.whom] if comer.asks_whom else None,
                "parts": self._parts(comer),
            }
            for comer in self.asks.others
        ]

    def _parts(self, comer: Comer) -> list[dict[str, Any]]:
        names = {kind: [comer.field(kind, fact) for fact, *_rest in whom.SPECS[kind]] for kind in comer.kinds}
        return [
            {
                "kind": kind,
                "title": whom.TITLES[kind],
                "always": kind in THINGS or not comer.asks_whom,
                "must": comer.must,
                "fields": [self[name] for name in names[kind] if name in self.fields],
            }
            for kind in comer.kinds
        ]


def typed(data: Any) -> dict[str, str]:
    """What was typed so far, to be carried along; empty when nothing was."""
    names = [name for name in data if name in TYPED or name.startswith(PREFIXES)]
    found = {name[:80]: str(data.get(name, ""))[: text.LONGEST_NOTE + 1] for name in names[:120]}
    told = (value for name, value in found.items() if not name.startswith(UNTOLD))
    return found if any(told) else {}


class _WordsForm(forms.Form):
    """Some words about a visit."""

    words: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = self.fields[self.words].max_length  # type: ignore[attr-defined]
        self.fields[self.words].widget = forms.Textarea(
            attrs={"class": "input", "rows": 2, "maxlength": limit}
        )
        one_wording(self)

    def clean(self) -> dict[str, Any]:
        """The words as they can be kept."""
        found: dict[str, Any] = super().clean() or {}
        if self.words in found:
            try:
                found[self.words] = text.note(found[self.words], field=self.words, limit=1000)
            except Refusal as refusal:
                self.add_error(self.words, str(refusal.message))
        return found


class CancelForm(_WordsForm):
    """Why the visit is cancelled, in the visitor's words; may stay empty."""

    words = "reason"
    reason = forms.CharField(label=_("Why do you cancel?"), max_length=500, required=False)


class NoteForm(_WordsForm):
    """What else should be known before the visit."""

    words = "note"
    note = forms.CharField(label=_("Add a note for us"), max_length=1000)
