"""Taking one change of somebody's or something's facts back: a name, a contact, a length, an address.

The fields the change named get the values they had before, by the same action that changes them; where one of them was
changed again since, the change is refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from visita.activity import asof
from visita.activity.models import Activity
from visita.bookings import states
from visita.catalog import actions as catalog
from visita.catalog import verbs as catalog_verbs
from visita.catalog.models import Service
from visita.clients import actions as clients
from visita.clients import verbs as client_verbs
from visita.clients.details import Details
from visita.clients.models import Client
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.identity import rights
from visita.scheduling import actions as scheduling
from visita.scheduling import verbs as scheduling_verbs
from visita.scheduling.models import Resource
from visita.tenancy import actions as tenancy
from visita.tenancy import verbs as tenancy_verbs
from visita.tenancy.models import Location
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import frame
from visita.web.desk.reading import Body, body
from visita.web.desk.ways_back import back_to

_DETAILS = ("first_name", "last_name", "phone", "email", "language", "note", "source", "external_id")
_DERIVED = {"phone_e164"}  # follows from the phone as typed

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of change: of which rows, who may make it, the columns of the name, and how the values of before
    are written."""

    model: type[Model]
    right: str
    called: tuple[str, ...]
    write: Callable[[Guest, int, Values], Any]


def _client(guest: Guest, pk: int, values: Values) -> None:
    with scope(guest.organization.pk):
        now = Client.objects.filter(pk=pk, archived_at=None).first()
    if now is None:
        raise _gone()
    facts = {name: values.get(name, getattr(now, name)) for name in _DETAILS}
    clients.change(guest.organization.pk, pk, Details(**facts), actor=guest.actor, version=now.version)


KINDS: Mapping[str, Kind] = {
    scheduling_verbs.RESOURCE_CHANGED: Kind(
        Resource,
        rights.RESOURCES_CHANGE,
        ("title", "name"),
        lambda guest, pk, values: scheduling.change_resource(
            guest.organization.pk, pk, values, actor=guest.actor
        ),
    ),
    catalog_verbs.SERVICE_CHANGED: Kind(
        Service,
        rights.CATALOG_CHANGE,
        ("name",),
        lambda guest, pk, values: catalog.change_service(
            guest.organization.pk, pk, values, actor=guest.actor
        ),
    ),
    tenancy_verbs.LOCATION_CHANGED: Kind(
        Location,
        rights.SETTINGS_CHANGE,
        ("name",),
        lambda guest, pk, values: tenancy.change_location(
            guest.organization.pk, pk, values, actor=guest.actor
        ),
    ),
    client_verbs.CLIENT_CHANGED: Kind(Client, rights.CLIENTS_CHANGE, ("first_name", "last_name"), _client),
}


@require_POST
@page
def revert(request: HttpRequest, guest: Guest, act: int) -> HttpResponse:
    """POST `back`: the fields the act changed are as before it. 409, as a page, where they were changed again since."""
    back = back_to(request, body(request).text("back", 2000))
    back = back or reverse("desk:day", kwargs={"organization": guest.organization.slug})
    try:
        _revert(guest, act)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        with scope(guest.organization.pk):
            context = {**frame(request, guest, Body({})).context(), "refusal": refusal, "back": back}
            return render(request, "desk/refused.html", context, status=refusal.status)
    return redirect(back)


def _revert(guest: Guest, act: int) -> None:
    with scope(guest.organization.pk):
        found = Activity.objects.filter(pk=act, verb__in=KINDS).first()
        if found is None:
            raise Refusal("not_found", 404, _("There is nothing here."))
        kind = KINDS[found.verb]
        guest.require(kind.right)
        values = _before(found, kind)
    kind.write(guest, found.object_id, values)


def _before(act: Activity, kind: Kind) -> Values:
    """The fields the act changed with their values before it. Refuses what cannot be taken back, and says why."""
    names = [name for name in act.payload.get("fields", ()) if name not in _DERIVED]
    row = kind.model._default_manager.filter(pk=act.object_id).first()
    if row is None or not names or act.payload.get("resources") or act.payload.get("needs"):
        raise Refusal(
            "nothing_to_undo",
            409,
            _("Who gives a service, and what it needs, is kept without its past: change it in the office."),
        )
    if kind.model is Client and act.pk <= states.erased_since(act.object_id):
        raise _gone()
    was, became = asof.steps(kind.model, {act.pk: act.object_id}, names).get(act.pk, ({}, {}))
    if not was or any(getattr(row, name) != became[name] for name in names):
        raise Refusal(
            "changed_since",
            409,
            _("The same was changed again since, so this change alone cannot be taken back."),
        )
    return was


def _gone() -> Refusal:
    return Refusal(
        "nothing_to_undo", 409, _("The data of before was erased or the record was merged; it stays so.")
    )
