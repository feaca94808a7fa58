"""Decide what a booking said otherwise, and whether two records are one person after all."""

from visita.activity.record import everywhere, record
from visita.clients import addresses, verbs
from visita.clients.actions.merge import write
from visita.clients.errors import not_found, settled_already
from visita.clients.models import Client, Difference, Double
from visita.clients.queries import present
from visita.foundation import phones
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.tenancy import queries


@Action
def accept_difference(difference_id: int, *, actor: Actor) -> Client:
    """The record takes the value. Refuses not_found, settled_already."""
    seen = Difference.objects.filter(pk=difference_id).first()
    if seen is None:
        raise not_found()
    client = Client.objects.select_for_update(no_key=True).get(pk=present(seen.client_id))  # before its rows
    difference = _difference(difference_id)
    payload = {"field": difference.field, "difference": difference.pk}
    event = record(verbs.DIFFERENCE_ACCEPTED, "client", client.pk, actor, payload, news=everywhere())
    if difference.field == "address":
        addresses.accept(client, difference.value, event)
    values = {} if difference.field == "address" else {difference.field: difference.value}
    if difference.field == "phone":
        values["phone_e164"] = phones.e164(difference.value, queries.profile().country)
    write(client, values, event)
    _close(difference, "accepted", event)
    return client


@Action
def dismiss_difference(difference_id: int, *, actor: Actor) -> None:
    """The record stays as it is, and this value is not shown again. Refuses not_found, settled_already."""
    difference = _difference(difference_id)
    payload = {"field": difference.field, "difference": difference.pk}
    event = record(verbs.DIFFERENCE_DISMISSED, "client", difference.client_id, actor, payload)
    _close(difference, "dismissed", event)


@Action
def dismiss_double(double_id: int, *, actor: Actor) -> None:
    """They are two people. Refuses not_found, settled_already."""
    double = Double.objects.select_for_update(no_key=True).filter(pk=double_id).first()
    if double is None:
        raise not_found()
    if double.settled:
        raise settled_already()
    payload = {"other": double.other_id}
    double.activity_id = record(verbs.DOUBLE_DISMISSED, "client", double.client_id, actor, payload)
    double.settled = "dismissed"
    double.save(update_fields=["settled", "activity_id"])


def _difference(difference_id: int) -> Difference:
    found = Difference.objects.select_for_update(no_key=True).filter(pk=difference_id).first()
    if found is None:
        raise not_found()
    if found.settled:
        raise settled_already()
    return found


def _close(difference: Difference, settled: str, event: int) -> None:
    difference.settled, difference.activity_id = settled, event
    difference.save(update_fields=["settled", "activity_id"])
