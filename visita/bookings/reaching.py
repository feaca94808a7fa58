"""At which contact who booked is told of the visit: the one they typed, never one that only the record holds (CB-06).

A booking may be matched to a record that knows another phone or email, and whoever typed it must neither have somebody
else written to nor learn of them. The event of the booking keeps what was typed as keys that nobody can read; the value
stands with the client, in the record or among what was said otherwise.
"""

from typing import Any, Final

from visita.activity.models import Activity
from visita.bookings import verbs
from visita.bookings.models import Turn
from visita.bookings.requests import BookRequest
from visita.bookings.rules import Rules
from visita.clients.actions.find_or_register import Sought
from visita.clients.contacts import Contact, Kind
from visita.clients.models import Client, Difference
from visita.foundation import phones
from visita.foundation.actor import Actor
from visita.tenancy import queries

KEPT: Final = 16  # letters of a key: it is compared with the few contacts of one client only
_TYPED_BY: Final = ("client", "key")


def kept(found: Rules, request: BookRequest, actor: Actor, sought: Sought | None) -> dict[str, Any]:
    """For the booking's event: `reach`, what was typed by kind, and the `language`; nothing where staff chose the client."""
    if request.client is None or actor.kind not in _TYPED_BY:
        return {}
    checked = sought.checked if sought else request.client.checked(found.country)
    typed = (Contact("email", checked.details.email), Contact("phone", checked.phone.e164))
    reach = {each.kind: each.key[:KEPT] for each in typed if each.value}
    return {"reach": reach, "language": checked.details.language or found.language}


def language(payload: dict[str, Any], client: Client, own: str) -> str:
    """In which the client is written to: the booking's, else the record's, else the organization's `own`."""
    return str(payload.get("language") or client.language or own)


def booking_of(visit_id: int) -> dict[str, Any]:
    """What the event of the visit's booking keeps; of a series that a client made, what its first visit's does."""
    payload = _payload(visit_id)
    if "reach" in payload:
        return payload
    series = Turn.objects.filter(visit_id=visit_id).values_list("series_id", flat=True).first()
    if series is None:
        return payload
    first = Turn.objects.filter(series_id=series).order_by("number").values_list("visit_id", flat=True)[0]
    return _payload(first)


def contacts(payload: dict[str, Any], client: Client) -> dict[Kind, Contact]:
    """Where the client may be told of a visit that was booked so, by kind."""
    if "reach" not in payload:
        return {each.kind: each for each in _held(client)}
    typed = {kind: _typed(kind, str(key), client) for kind, key in payload["reach"].items()}
    return {kind: found for kind, found in typed.items() if found is not None}


def _payload(visit_id: int) -> dict[str, Any]:
    acts = Activity.objects.filter(object_kind="visit", object_id=visit_id, verb=verbs.BOOKED)
    found: dict[str, Any] = acts.order_by("id").values_list("payload", flat=True).first() or {}
    return found


def _held(client: Client) -> list[Contact]:
    both = (Contact("email", client.email), Contact("phone", client.phone_e164))
    return [each for each in both if each.value]


def _typed(kind: Kind, key: str, client: Client) -> Contact | None:
    """As the client's record knows it, or one that was merged into it and whose contact it did not take."""
    found = _known(kind, key, client)
    if found is not None:
        return found
    merged = Client.objects.filter(merged_into_id=client.pk).order_by("id")
    return next(filter(None, (_typed(kind, key, each) for each in merged)), None)


def _known(kind: Kind, key: str, client: Client) -> Contact | None:
    held = next((each for each in _held(client) if each.kind == kind), None)
    if held is not None and held.is_called(key):
        return held
    said = _said(kind, client)
    found = next((each for each in said if each.is_called(key)), None)
    if found is None and held is not None and any(each.is_called(key) for each in _before(kind, client)):
        return held  # the record had what was typed, and staff have put it right since
    return found


def _said(kind: Kind, client: Client) -> list[Contact]:
    """What bookings said otherwise than the record; what staff dismissed is not written to."""
    rows = Difference.objects.filter(client_id=client.pk, field=kind).exclude(settled="dismissed")
    return [Contact(kind, _normal(kind, value)) for value in rows.values_list("value", flat=True)]


def _normal(kind: Kind, value: str) -> str:
    return value if kind == "email" else phones.e164(value, queries.profile().country)


def _before(kind: Kind, client: Client) -> list[Contact]:
    """What the record held at any time."""
    column = "email" if kind == "email" else "phone_e164"
    history = Client._meta.apps.get_model("clients", "ClientEvent")
    rows = history.objects.filter(pgh_obj_id=client.pk).values_list(column, flat=True).distinct()
    return [Contact(kind, value) for value in rows if value]
