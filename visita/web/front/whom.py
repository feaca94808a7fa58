"""For whom the visit is: the one who books, a child, somebody else; or about which pet or vehicle.

The contact stays the client (the child's guardian, the pet's owner); whom the visit is about becomes its subject.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visita.bookings.requests import SubjectDetails
from visita.catalog.asking import PEOPLE, THINGS
from visita.foundation import clock, text
from visita.foundation.errors import Refusal

CHIPS: Final = {"me": _("For me"), "child": _("My child"), "person": _("Someone else")}
TITLES: Final = {
    "child": _("Your child"),
    "person": _("Who comes"),
    "pet": _("Your pet"),
    "vehicle": _("Your vehicle"),
}

Spec = tuple[str, Any, int, dict[str, str]]
"""A field's fact, label, longest text, and attributes; the first of a kind is its name and required."""

SPECS: Final[Mapping[str, tuple[Spec, ...]]] = {
    "child": (
        ("name", _("Name of the child"), 120, {}),
        ("birth_date", _("Date of birth"), 10, {"type": "date"}),
    ),
    "person": (("name", _("Name of the person"), 120, {}),),
    "pet": (
        ("name", _("Name of the pet"), 120, {}),
        ("species", _("Kind of animal"), 60, {}),
        ("breed", _("Breed"), 60, {}),
    ),
    "vehicle": (
        ("name", _("Number plate"), 20, {"autocapitalize": "characters"}),
        ("make", _("Make and model"), 60, {}),
    ),
}


@dataclass(frozen=True, slots=True)
class Comer:
    """One of those who come. `kinds` are whom or what it may be, `about` the services that are for it, in words.

    With `chips` one of the kinds is chosen, else the first holds; `must` it be named?
    """

    number: int = 0
    kinds: tuple[str, ...] = ()
    about: str = ""
    chips: bool = True
    must: bool = True

    @property
    def whom(self) -> str:
        """The form's name of its chips."""
        return _numbered("whom", self.number)

    @property
    def asks_whom(self) -> bool:
        """Whether there are chips."""
        return self.chips and any(kind in PEOPLE for kind in self.kinds)

    @property
    def only(self) -> str:
        """The kind it is without any choice, whose name must then be told; empty where it may stay open."""
        if self.asks_whom or not self.must:
            return ""
        return next((kind for kind in self.kinds if kind in THINGS), next(iter(self.kinds), ""))

    @property
    def title(self) -> str:
        """What it is called on the page."""
        words = _("Person %(number)d")
        if self.kinds and self.kinds[0] in THINGS:
            words = {"pet": _("Pet %(number)d"), "vehicle": _("Vehicle %(number)d")}[self.kinds[0]]
        return ": ".join(filter(None, [words % {"number": self.number + 1}, self.about]))

    def field(self, kind: str, fact: str) -> str:
        """The form's name of a fact."""
        return _numbered(f"{kind}_{fact}", self.number)


def _numbered(name: str, number: int) -> str:
    return f"{name}_{number}" if number else name


def install(form: forms.Form, comer: Comer, known: frozenset[str] = frozenset()) -> None:
    """Add the fields of one who comes to the form; `known` facts (a species chosen before) are not asked again."""
    if comer.asks_whom:
        keys = [key for key in ("me", *comer.kinds) if key in CHIPS]
        chips: list[tuple[str, str | Promise]] = [(key, CHIPS[key]) for key in keys]
        form.fields[comer.whom] = forms.ChoiceField(label=_("For whom?"), choices=chips, required=False)
        form.fields[comer.whom].initial = keys[1] if comer.number else keys[0]
    for kind in comer.kinds:
        for at, (fact, label, limit, attributes) in enumerate(SPECS[kind]):
            if fact in known:
                continue
            needed = {"required": True} if at == 0 and comer.only == kind else {}
            widget = forms.TextInput(
                attrs={
                    "class": "input",
                    "autocomplete": "off",
                    "maxlength": str(limit),
                    **attributes,
                    **needed,
                }
            )
            field = forms.CharField(label=label, max_length=limit, required=False, widget=widget)
            form.fields[comer.field(kind, fact)] = field


def chosen(form: forms.Form, comer: Comer) -> str:
    """The kind it is; empty for the one who books."""
    thing = next((kind for kind in comer.kinds if kind in THINGS), "")
    if not comer.asks_whom:
        return thing or next(iter(comer.kinds), "")
    person = form.cleaned_data.get(comer.whom) or form.fields[comer.whom].initial
    return person if person in PEOPLE else thing


def read(form: forms.Form, comer: Comer, kind_of: str = "") -> SubjectDetails | None:
    """Whom or what it is, errors said at the fields. `kind_of` is a kind that was chosen before (a dog)."""
    kind = chosen(form, comer)
    if not kind or not (comer.must or form.cleaned_data.get(comer.field(kind, "name"))):
        return None
    facts = {}
    for at, (fact, _label, limit, _more) in enumerate(SPECS[kind]):
        name = comer.field(kind, fact)
        if name not in form.cleaned_data:
            continue
        try:
            value = text.line(form.cleaned_data[name], field=name, limit=limit, required=at == 0)
            facts[fact] = _past_day(value) if fact == "birth_date" else value
        except Refusal as refusal:
            form.add_error(name, str(refusal.message))
    about = (kind_of if kind in THINGS else "") or facts.pop("species", "") or kind
    name = facts.pop("name", "")
    return SubjectDetails(about[:40], name, {key: value for key, value in facts.items() if value})


def _past_day(value: str) -> str:
    """A day of birth as an ISO date: it exists and is not to come."""
    if not value:
        return ""
    refusal = Refusal("bad_datetime", 422, _("Write a date that exists, such as 2019-11-23."))
    try:
        found = date.fromisoformat(value)
    except ValueError:
        raise refusal from None
    if not found.year >= 1900 or found > clock.latest_day():
        raise refusal
    return found.isoformat()
