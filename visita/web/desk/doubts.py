"""What waits for staff to decide: data typed otherwise than recorded, and records that may be one person."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from visita.clients import actions, belongings, doubts, queries
from visita.clients.models import Client
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.identity import rights
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame
from visita.web.desk.reading import Body, body, query

Deed = Callable[[Guest, Body, int], int | None]


@page
def listing(request: HttpRequest, guest: Guest) -> HttpResponse:
    """Everything that waits, the newest first."""
    return _listing(request, guest)


def _listing(request: HttpRequest, guest: Guest, refusal: Refusal | None = None) -> HttpResponse:
    guest.require(rights.CLIENTS_SEE)
    with scope(guest.organization.pk):
        place = frame(request, guest, query(request))
        context = {
            **place.context(),
            "section": "doubts",
            "differences": [(said, _when(place, said.difference.made)) for said in doubts.differences()],
            "pairs": doubts.pairs(),
            "phones": guest.may(rights.CLIENTS_PHONES),
            "may_change": guest.may(rights.CLIENTS_CHANGE),
            "here": place.url("doubts"),
            "refusal": refusal,
        }
        return render(request, "desk/doubts.html", context, status=refusal.status if refusal else 200)


def _when(place: Frame, at: Any) -> str:
    return place.formats.moment(at.astimezone(place.zone))


def _deed(deed: Deed) -> Callable[..., HttpResponseBase]:
    """A view of one decision: a form; afterwards the page it was sent from, or the card the deed names."""

    @page
    def decided(request: HttpRequest, guest: Guest, /, **ids: int) -> HttpResponseBase:
        guest.require(rights.CLIENTS_CHANGE)
        sent = body(request)
        try:
            card = deed(guest, sent, next(iter(ids.values())))
        except Refusal as refusal:
            if refusal.status == 404:
                raise
            return _listing(request, guest, refusal)
        slug, back = guest.organization.slug, sent.text("back")
        if card is not None:
            return redirect("desk:client", organization=slug, client=card)
        if url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
            return redirect(back)
        return redirect("desk:doubts", organization=slug)

    @require_POST
    @wraps(deed)
    def view(request: HttpRequest, organization: str, **ids: int) -> HttpResponseBase:
        return decided(request, organization, **ids)

    return view


@_deed
def accept(guest: Guest, sent: Body, difference: int) -> None:
    """The record takes the value."""
    actions.accept_difference(guest.organization.pk, difference, actor=guest.actor)


@_deed
def dismiss(guest: Guest, sent: Body, difference: int) -> None:
    """The record stays."""
    actions.dismiss_difference(guest.organization.pk, difference, actor=guest.actor)


@_deed
def apart(guest: Guest, sent: Body, double: int) -> None:
    """They are two people."""
    actions.dismiss_double(guest.organization.pk, double, actor=guest.actor)


@_deed
def merge(guest: Guest, sent: Body, client: int) -> int:
    """`other` and, from the comparison, `take_…` of each field and both versions."""
    take = {name: sent.text(f"take_{name}", 10) for name in ("name", "phone", "email", "language", "note")}
    seen = sent.number("version"), sent.number("other_version")
    versions = (seen[0], seen[1]) if seen[0] and seen[1] else None
    merged = actions.merge(
        guest.organization.pk,
        client,
        sent.required("other"),
        take={name: side for name, side in take.items() if side},
        versions=versions,
        actor=guest.actor,
    )
    return merged.survivor_id


@_deed
def unmerge(guest: Guest, sent: Body, merge: int) -> int:
    """Everything that was moved goes back."""
    return actions.unmerge(guest.organization.pk, merge, actor=guest.actor).survivor_id


@page
def compare(request: HttpRequest, guest: Guest, client: int, other: int) -> HttpResponse:
    """Before a merge: both records beside each other, each field to be chosen, and what would move."""
    guest.require(rights.CLIENTS_CHANGE)
    guest.require(rights.CLIENTS_PHONES)
    with scope(guest.organization.pk):
        place = frame(request, guest, query(request))
        survivor, gone = queries.client(client), queries.client(other)
        if survivor.pk == gone.pk:
            return redirect("desk:client", organization=guest.organization.slug, client=survivor.pk)
        moves = [(each.label, each.count(gone.pk)) for each in belongings.moving()]
        context = {
            **place.context(),
            "section": "doubts",
            "survivor": survivor,
            "other": gone,
            "rows": _rows(survivor, gone),
            "moves": [(label, count) for label, count in moves if count],
            "swap": place.url("compare", client=gone.pk, other=survivor.pk),
        }
        return render(request, "desk/compare.html", context)


def _rows(survivor: Client, other: Client) -> list[dict[str, Any]]:
    """The fields side by side; `differs` where there is something to choose."""
    sides = [
        ("name", _("Name"), str(survivor), str(other)),
        ("phone", _("Phone"), survivor.phone, other.phone),
        ("email", _("Email"), survivor.email, other.email),
        ("language", _("Language"), survivor.language, other.language),
        ("note", _("Note"), survivor.note, other.note),
    ]
    return [
        {"field": field, "label": label, "mine": mine, "theirs": theirs, "differs": bool(mine and theirs) and mine != theirs,
         "filled": theirs if theirs and not mine else ""}
        for field, label, mine, theirs in sides
    ]  # fmt: skip
