"""Registering: name, contact and the personal data asked for, then a code to the phone (CA-02)."""

from dataclasses import asdict, replace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from visita.clients import contacts
from visita.clients.actions import find_or_register, register, set_personal_data
from visita.clients.details import Details
from visita.clients.matching import name_key
from visita.foundation import phones, text
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.web.front.me import asking, note, person, signing
from visita.web.front.me.forms import PersonForm
from visita.web.front.me.note import Note
from visita.web.front.page import acting, reading, show
from visita.web.front.place import Place
from visita.web.front.views.manage import private
from visita.web.front.visitor import visitor

PURPOSE = "register"


class RegisterForm(PersonForm):
    """Who registers; the phone gets the code."""

    phone = forms.CharField(label=_("Mobile phone"), max_length=32)
    email = forms.CharField(label=_("Email"), max_length=254)

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, place=place, **kwargs)
        self._shape(
            "phone",
            type="tel",
            autocomplete="tel",
            inputmode="tel",
            maxlength=32,
            placeholder=phones.example(self.place.profile.country),
        )
        self._shape("email", type="email", autocomplete="email", inputmode="email", maxlength=254)
        if self.asked.get("email", "no") == "no":
            del self.fields["email"]
        self.order_fields(["first_name", "last_name", "phone", "email"])
        self.fields["phone"].required = True

    def clean_phone(self) -> str:
        """The phone in its international form."""
        country = self.place.profile.country
        try:
            return phones.read(self.cleaned_data["phone"], country).e164
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal.message)) from refusal

    def clean_email(self) -> str:
        """The email as it is kept."""
        try:
            return text.email(self.cleaned_data["email"])
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal.message)) from refusal


@reading
def form(request: HttpRequest, place: Place) -> HttpResponse:
    """GET: the empty form."""
    return _page(request, place, RegisterForm(initial={"language": place.language}, place=place))


@acting
def registration(request: HttpRequest, place: Place) -> HttpResponse:
    """POST: send a code to the phone; with `code_note` and `code` the client is registered and signed in."""
    typed = RegisterForm(request.POST, place=place)
    if not typed.is_valid():
        return _page(request, place, typed, 422)
    phone = contacts.Contact("phone", typed.cleaned_data["phone"])
    asked = note.read(request.POST.get("code_note", ""), place.id, PURPOSE)
    way: dict[str, Any] = {"target": place.outside("me-registration"), "back": place.outside("me-register")}
    if asked is None or asked.contact != phone:
        return _ask(request, place, typed, phone, way)
    if "again" in request.POST:
        return asking.again(request, place, asked, known=True, **way)
    try:
        asking.check(request, place, asked)
        _register(request, place, typed)
    except Refusal as refusal:
        return asking.code_page(request, place, asked, refusal=refusal, **way)
    return signing.welcome(request, place, asked)


def _ask(
    request: HttpRequest, place: Place, typed: RegisterForm, phone: contacts.Contact, way: dict[str, Any]
) -> HttpResponse:
    asked: Note = note.new(place.id, PURPOSE, phone)
    try:
        asking.send(request, place, asked)
    except Refusal as refusal:
        if "work" not in refusal.extra:
            typed.add_error("phone", str(refusal.message))
        return asking.retry(_page(request, place, typed, refusal.status, refusal), refusal)
    return asking.code_page(request, place, asked, **way)


def _register(request: HttpRequest, place: Place, typed: RegisterForm) -> None:
    """The same person by name and the phone just shown is found again, and what is kept of them stays.

    An email shows nothing: who is known by it alone is registered beside that record, for staff to look at.
    """
    data = typed.cleaned_data
    told = Details(
        data["first_name"],
        data.get("last_name", ""),
        data["phone"],
        data.get("email", ""),
        data.get("language") or place.language,
    )
    actor = visitor(request, f"{told.first_name} {told.last_name}")
    with scope(place.id, durable=True):
        known = _known(told)
        client = (find_or_register if known else register).here(told, actor=actor)
        kept = person.kept(client.pk)
        given = typed.personal(kept)
        if given is not None:
            stays = {name: value for name, value in asdict(kept).items() if value and name != "tax_country"}
            set_personal_data.here(client.pk, replace(given, **stays), actor=actor)


def _known(told: Details) -> bool:
    """Whether somebody of this name has the phone."""
    name = name_key(told.first_name, told.last_name)
    people = contacts.people(contacts.Contact("phone", told.phone))
    return any(name_key(each.first_name, each.last_name) == name for each in people)


def _page(
    request: HttpRequest, place: Place, typed: RegisterForm, status: int = 200, refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        "form": typed,
        "target": place.outside("me-registration"),
        "me_url": place.outside("me"),
        **{key: value for key, value in asking.refused(refusal).items() if key != "error"},
    }
    return private(show(request, place, "front/me/register.html", context, status))
