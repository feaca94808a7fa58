"""What staff say of one who waits: who, what, with whom, how many, when."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visita.bookings.requests import SubjectDetails
from visita.catalog import queries as catalog
from visita.catalog.models import Service, ServiceResource
from visita.foundation.errors import Refusal
from visita.scheduling.models import Resource
from visita.web.components.windows import WindowForm, choose
from visita.web.desk.frame import Frame


def _text(label: Any, longest: int, **attributes: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "input", "maxlength": longest, **attributes})
    return forms.CharField(label=label, max_length=longest, required=False, widget=widget)


class EntryForm(WindowForm):
    """The entry itself; `seats` and `note` beside the times."""

    seats = forms.IntegerField(label=gettext_lazy("How many people"), min_value=1, max_value=100, initial=1)
    note = _text(gettext_lazy("Note for staff"), 300)
    anyone = forms.BooleanField(label=gettext_lazy("Anyone will do"), required=False)

    def __init__(self, *args: Any, place: Frame, today: date, named: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self.dress(place.formats, today)
        self.fields["seats"].widget = forms.NumberInput(attrs={"class": "input", "min": 1, "max": 100})
        if not named:
            del self.fields["anyone"]


class NewForm(EntryForm):
    """A new entry: also the service, with whom, and the client as typed where none is given."""

    service = forms.ChoiceField(label=gettext_lazy("Service"))
    resource = forms.ChoiceField(label=gettext_lazy("With whom"), required=False)
    first_name = _text(gettext_lazy("First name"), 120, autocomplete="off")
    last_name = _text(gettext_lazy("Last name"), 120, autocomplete="off")
    phone = _text(gettext_lazy("Phone"), 32, autocomplete="off", type="tel")
    email = _text(gettext_lazy("Email"), 254, autocomplete="off", type="email")

    subject = forms.ChoiceField(label=gettext_lazy("For whom"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), required=False)
    name = _text(gettext_lazy("Its name"), 120, autocomplete="off")

    def __init__(
        self, *args: Any, place: Frame, known: bool, about: list[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(*args, place=place, **more)
        self._ask_whom(place, about)
        choose(self.fields["service"], services(place))
        choose(self.fields["resource"], [("", _("Anyone")), *people(place)])
        for name in {"service", "resource", "subject", "kind"} & set(self.fields):
            self.fields[name].widget.attrs["class"] = "input"
        if known:
            for name in ("first_name", "last_name", "phone", "email"):
                del self.fields[name]
        else:
            self.fields["first_name"].required = True

    def _ask_whom(self, place: Frame, about: list[tuple[str, str]]) -> None:
        """`about`: the client's animals, children, vehicles; else a new one is named with its kind."""
        kinds = [(one.code, place.text(one.name)) for one in catalog.kinds()]
        choose(self.fields["subject"], [("", _("nobody in particular")), *about])
        choose(self.fields["kind"], [("", _("nothing in particular")), *kinds])
        if not about:
            del self.fields["subject"]
        if not kinds:
            del self.fields["kind"], self.fields["name"]

    def clean(self) -> dict[str, Any]:
        """A name needs its kind; one that is known already says both, so nothing is named beside it."""
        found: dict[str, Any] = super().clean() or {}
        twice = next((each for each in ("name", "kind") if found.get("subject") and found.get(each)), None)
        if twice:
            self.add_error(twice, _("Choose one that is known above, or name a new one here: not both."))
        elif found.get("name") and not found.get("kind"):
            self.add_error("kind", _("Choose what it is."))
        return found

    def whom(self) -> dict[str, Any]:
        """The known subject, a new one, or its kind alone, as `WaitRequest` takes them."""
        data = self.cleaned_data
        if data.get("subject"):
            return {"subject_id": int(data["subject"])}
        kind, name = data.get("kind", ""), data.get("name", "")
        return {"kind": kind, "subject": SubjectDetails(kind, name) if name else None}


def services(place: Frame) -> list[tuple[str, str]]:
    """Services by name."""
    rows = Service.objects.filter(archived_at=None)
    return sorted(((str(row.pk), place.text(row.name)) for row in rows), key=lambda row: row[1].casefold())


def people(place: Frame) -> list[tuple[str, str]]:
    """Who gives any service, in the organization's order."""
    able = set(ServiceResource.objects.values_list("resource_id", flat=True))
    rows: Iterable[Resource] = Resource.objects.filter(pk__in=able, archived_at=None).order_by(
        "position", "id"
    )
    return [(str(row.pk), str(row)) for row in rows]


def tell(form: forms.Form, refusal: Refusal) -> None:
    """A refusal at the field it names, else above the form."""
    for each in getattr(refusal, "all", [refusal]):
        field = (each.field or "").rsplit(".", 1)[-1]
        form.add_error(field if field in form.fields else None, str(each.message))
