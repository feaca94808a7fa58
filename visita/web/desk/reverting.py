"""Taking one change of somebody's or something's facts back: a name, a contact, a length, an address.

The fields the change named get the values they had before, by the same action that changes them; where one of them was
changed again since, the change is refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
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
from visita.catalog import past
from visita.catalog import verbs as catalog_verbs
from visita.catalog.models import Service
from visita.clients import actions as clients
from visita.clients import verbs as client_verbs
from visita.clients.details import Details
from visita.clients.models import Client
from visita.foundation import clock
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
# what hangs on a service, by the action's word: the act's word for it, and how it is read
_CROSSINGS: Mapping[str, tuple[str, Callable[[int, datetime], list[Any]]]] = {
    "resources": ("resources", past.offers_at),
    "requirements": ("needs", past.needs_at),
}

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


def _service(guest: Guest, pk: int, values: Values) -> None:
    """The service with who gave it and what it needed; refuses what names somebody put away since."""
    fields = {name: value for name, value in values.items() if name not in _CROSSINGS}
    try:
        catalog.change_service(
            guest.organization.pk, pk, fields, actor=guest.actor, resources=values.get("resources"),
            requirements=values.get("requirements"),
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.status != 404:
            raise
        text = _("Somebody or something of before is put away since: change the service in the office.")
        raise Refusal("nothing_to_undo", 409, text) from refusal


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
        lambda guest, pk, values: _service(guest, pk, values),
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
    crossings = _crossings(act) if kind.model is Service else {}
    if row is None or not (names or crossings):
        raise Refusal("nothing_to_undo", 409, _("This change left nothing to take back."))
    if kind.model is Client and act.pk <= states.erased_since(act.object_id):
        raise _gone()
    if not names:
        return crossings
    was, became = asof.steps(kind.model, {act.pk: act.object_id}, names).get(act.pk, ({}, {}))
    if not was or any(getattr(row, name) != became[name] for name in names):
        raise _changed_since()
    return {**was, **crossings}


def _crossings(act: Activity) -> Values:
    """Who gave the service and what it needed before the act, where it changed that."""
    found: Values = {}
    just_before = act.at - timedelta(microseconds=1)
    for name, (said, at) in _CROSSINGS.items():
        if not act.payload.get(said):
            continue
        before, after = at(act.object_id, just_before), at(act.object_id, act.at)
        if after != at(act.object_id, clock.now()):
            raise _changed_since()
        if before != after:
            found[name] = before
    return found


def _changed_since() -> Refusal:
    text = _("The same was changed again since, so this change alone cannot be taken back.")
    return Refusal("changed_since", 409, text)


def _gone() -> Refusal:
    return Refusal(
        "nothing_to_undo", 409, _("The data of before was erased or the record was merged; it stays so.")
    )
