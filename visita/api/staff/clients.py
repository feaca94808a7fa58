"""Clients for programs of the staff: found, read, registered, changed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from visita.api.answers import answer
from visita.api.auth import Caller, StaffKey, caller
from visita.api.fields import UrlId
from visita.api.once import repeatable
from visita.api.params import IF_MATCH
from visita.api.staff import paging
from visita.api.staff.cards import ClientChangeIn, ClientOut, ClientsOut, NewClientIn
from visita.api.staff.showing import Fields, person
from visita.api.staff.versions import etag, if_match
from visita.api.times import iso
from visita.clients import actions, queries
from visita.clients.details import Details
from visita.clients.models import Client
from visita.clients.search import search
from visita.foundation.scope import scope
from visita.identity import rights

router = Router(tags=["Clients"])

Cursor = Annotated[str, Field(max_length=40)]
Typed = Annotated[str, Field(max_length=200)]


@router.get(
    "/clients", auth=StaffKey(rights.CLIENTS_SEE), response=ClientsOut, summary="List or find clients"
)
def clients(request: HttpRequest, q: Typed = "", cursor: Cursor = "") -> HttpResponse:
    """With `q` the first 100 whose name, phone or email begins with every typed word, else all by id, 100 to a page."""
    who = caller(request)
    with scope(who.organization_id):
        if q:
            found: Sequence[Client] = search(
                q.replace("\x00", ""), paging.PAGE, contacts=who.may(rights.CLIENTS_PHONES)
            )
            following = None
        else:
            rows = Client.objects.filter(archived_at=None)
            found, following = paging.page(paging.by_id(rows, cursor))
    return answer({"clients": [_client(each, who) for each in found], "next": following})


@router.post(
    "/clients", auth=StaffKey(rights.CLIENTS_CHANGE), response={201: ClientOut}, summary="Register a client"
)
@repeatable
def register(request: HttpRequest, body: NewClientIn) -> HttpResponse:
    """A new client, whoever else has the same name (bookings find the same person by themselves)."""
    who = caller(request)
    details = Details(**{name: value or "" for name, value in body.model_dump().items()}, source="api")
    made = actions.register(who.organization_id, details, actor=who.actor)
    return answer(_client(made, who), 201, ETag=etag(made.version))


@router.get(
    "/clients/{client_id}", auth=StaffKey(rights.CLIENTS_SEE), response=ClientOut, summary="One client"
)
def client(request: HttpRequest, client_id: UrlId) -> HttpResponse:
    """The card; its version is also the ETag."""
    who = caller(request)
    with scope(who.organization_id):
        found = queries.client(client_id)
    return answer(_client(found, who), ETag=etag(found.version))


@router.patch(
    "/clients/{client_id}",
    auth=StaffKey(rights.CLIENTS_CHANGE),
    response=ClientOut,
    summary="Change a client",
)
def change(
    request: HttpRequest, body: ClientChangeIn, client_id: UrlId, version: str | None = IF_MATCH
) -> HttpResponse:
    """What is left out or null stays; an empty text empties."""
    who, read = caller(request), if_match(request)
    with scope(who.organization_id):
        details = replace(_details(queries.client(client_id)), **body.model_dump(exclude_none=True))
    made = actions.change(who.organization_id, client_id, details, actor=who.actor, version=read)
    return answer(_client(made, who), ETag=etag(made.version))


_FIELDS = ("first_name", "last_name", "phone", "email", "language", "note", "source", "external_id")


def _details(found: Client) -> Details:
    return Details(**{name: getattr(found, name) for name in _FIELDS})


def _client(found: Client, who: Caller) -> Fields:
    """The card; without the right to see them phone and email stay empty."""
    return {
        **person(found, who),
        "version": found.version,
        "language": found.language,
        "note": found.note,
        "source": found.source,
        "external_id": found.external_id,
        "created": iso(found.created, "UTC"),
    }
