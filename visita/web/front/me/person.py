"""A person's own data: seen and changed by themselves."""

from dataclasses import asdict, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from visita.bookings import consents
from visita.bookings.actions.withdraw_consent import withdraw_consent
from visita.clients import queries
from visita.clients.actions import change as change_client
from visita.clients.actions import set_personal_data
from visita.clients.details import Details
from visita.clients.models import Client
from visita.clients.personal_data import Personal
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.web.front import ticks
from visita.web.front.choice import number
from visita.web.front.me.account import Account, mine, mine_acting
from visita.web.front.me.forms import PersonForm
from visita.web.front.me.kinds import words
from visita.web.front.page import show


@mine
def page(request: HttpRequest, account: Account, person: int) -> HttpResponse:
    """GET: the form, with contacts and whom visits are about."""
    client = account.person(person)
    return _page(request, account, client, PersonForm(initial=_initial(client), place=account.place))


@mine_acting
def change(request: HttpRequest, account: Account, person: int) -> HttpResponse:
    """POST: keep name, language and personal data."""
    client, place = account.person(person), account.place
    with scope(place.id):
        form = PersonForm(request.POST, place=place)
        if not form.is_valid():
            return _page(request, account, client, form, 422)
    try:
        _keep(request, account, client, form)
    except Refusal as refusal:
        form.refuse(refusal)
        with scope(place.id):
            return _page(request, account, client, form, refusal.status)
    return redirect(place.outside("me-person", {"saved": 1}, person=str(person)))


@mine_acting
def withdrawal(request: HttpRequest, account: Account, person: int) -> HttpResponse:
    """POST: take back the agreement to marketing."""
    place = account.place
    with scope(place.id):
        client = account.person(person)
    withdraw_consent(place.id, client.pk, actor=account.actor(request, client))
    return redirect(place.outside("me-person", {"withdrawn": 1}, person=str(person)))


def details(client: Client, **changes: str) -> Details:
    """The client's details as they are, with some changes."""
    own = Details(
        client.first_name,
        client.last_name,
        client.phone,
        client.email,
        client.language,
        client.note,
        client.source,
        client.external_id,
    )
    return replace(own, **changes)


def kept(client_id: int) -> Personal:
    """The person's data as they are kept, in the form's words. Inside a scope."""
    row = queries.personal_data(client_id)
    born = row.birth_date.isoformat() if row.birth_date else ""
    return Personal(born, row.tax_code, row.tax_country, row.address, row.postal_code, row.city)


def _keep(request: HttpRequest, account: Account, client: Client, form: PersonForm) -> None:
    data, actor = form.cleaned_data, account.actor(request, client)
    new = details(
        client,
        first_name=data["first_name"],
        last_name=data.get("last_name", ""),
        language=data.get("language") or client.language,
    )
    with scope(account.place.id, durable=True):
        personal = form.personal(kept(client.pk))
        if personal is not None:
            set_personal_data.here(client.pk, personal, actor=actor)
        version = number(request.POST.get("version", ""))
        change_client.here(client.pk, new, actor=actor, version=version)


def _initial(client: Client) -> dict[str, Any]:
    name = {"first_name": client.first_name, "last_name": client.last_name, "language": client.language}
    return {**asdict(kept(client.pk)), **name}


def _page(
    request: HttpRequest, account: Account, client: Client, form: PersonForm, status: int = 200
) -> HttpResponse:
    place, person = account.place, str(client.pk)
    known = words(place)
    context = {
        "name": str(client),
        "form": form,
        "saved": "saved" in request.GET,
        "withdrawn": "withdrawn" in request.GET,
        "offers": [
            ticks.pieces(label) for label in dict.fromkeys(one.label for one in consents.living(client.pk))
        ],
        "withdraw_url": place.outside("me-withdrawal", person=person),
        "version": client.version,
        "phone": client.phone,
        "email": client.email,
        "target": place.outside("me-change", person=person),
        "phone_url": place.outside("me-contact", person=person, kind="phone"),
        "email_url": place.outside("me-contact", person=person, kind="email"),
        "subjects": [
            {
                "name": each.name,
                "kind": known.get(each.kind, each.kind),
                "url": place.outside("me-subject", person=person, subject=str(each.pk)),
            }
            for each in queries.subjects(client.pk)
        ],
        "add_url": place.outside("me-subject-add", person=person),
        "me_url": place.outside("me"),
    }
    return show(request, place, "front/me/person.html", context, status)
