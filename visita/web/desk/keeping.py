"""Notes and tags on a client's card: forms that lead back to the card, with what was typed where it was refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from visita.clients import actions, queries
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.foundation.text import LONGEST_NOTE
from visita.identity import rights
from visita.web.desk.client import show
from visita.web.desk.door import Guest, page
from visita.web.desk.reading import Body, body

_Deed = Callable[..., object]


def _deed(deed: _Deed) -> Callable[..., HttpResponseBase]:
    @page
    def done(request: HttpRequest, guest: Guest, /, client: int, **ids: int) -> HttpResponseBase:
        guest.require(rights.CLIENTS_CHANGE)
        with scope(guest.organization.pk):
            client = queries.client(client).pk
        sent = body(request)
        try:
            deed(guest, sent, client, **ids)
        except Refusal as refusal:
            if refusal.status == 404:
                raise
            return show(request, guest, client, refusal, kept=Body({**sent.values, **ids}))
        return redirect("desk:client", organization=guest.organization.slug, client=client)

    @require_POST
    @wraps(deed)
    def view(request: HttpRequest, organization: str, **ids: Any) -> HttpResponseBase:
        return done(request, organization, **ids)

    return view


@_deed
def write(guest: Guest, sent: Body, client: int) -> object:
    """`text`."""
    return actions.write_note(
        guest.organization.pk, client, sent.text("text", LONGEST_NOTE), actor=guest.actor
    )


@_deed
def change(guest: Guest, sent: Body, client: int, note: int) -> object:
    """`text` and `version`; with `remove` the note goes."""
    org, version = guest.organization.pk, sent.required("version")
    if sent.flag("remove"):
        return actions.remove_note(org, note, actor=guest.actor, version=version)
    return actions.change_note(org, note, sent.text("text", LONGEST_NOTE), actor=guest.actor, version=version)


@_deed
def tag(guest: Guest, sent: Body, client: int) -> object:
    """`name` of a tag, known or new, and the `color` of a new one."""
    name, color = sent.text("name", 40), sent.text("color", 8)
    return actions.tag(guest.organization.pk, client, name, actor=guest.actor, color=color)


@_deed
def untag(guest: Guest, sent: Body, client: int, tag: int) -> object:
    """The tag comes off this client."""
    return actions.untag(guest.organization.pk, client, tag, actor=guest.actor)
