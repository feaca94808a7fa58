"""Screens and kiosks of the waiting room: an address each, shown once, that can be taken back."""

from dataclasses import dataclass

from visita.activity.record import record
from visita.bookings import errors, queue_errors, verbs
from visita.bookings.models import Device, DeviceKind
from visita.foundation import clock, ids, scope, text
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.foundation.sequence import next_id
from visita.tenancy import queries
from visita.tenancy.models import Organization


@dataclass(frozen=True, slots=True)
class Connected:
    """A new device and the token of its address, of which only the hash is kept."""

    device: Device
    token: str


@Action
def add_device(location_id: int, kind: str, name: str, *, actor: Actor, names: bool = False) -> Connected:
    """A screen or a kiosk of the location; `names`: the screen shows first names too. Refuses not_found, not_a_choice."""
    if kind not in DeviceKind.values:
        raise queue_errors.bad_device_kind(DeviceKind.values)
    queries.location(location_id)
    name = text.note(name, field="name", limit=80) or DeviceKind(kind).label
    device, public = next_id(Device), Organization.objects.get(pk=scope.current()).public_id
    token = ids.token(public)
    event = record(verbs.DEVICE_ADDED, "device", device, actor, {"kind": kind, "location": location_id})
    made = Device.objects.create(
        pk=device, activity_id=event, location_id=location_id, kind=kind, name=name, names=names,
        token_hash=ids.digest(token), made_at=clock.now(),
    )  # fmt: skip
    return Connected(made, token)


@Action
def revoke_device(device_id: int, *, actor: Actor) -> None:
    """Its address opens nothing from now on; refuses not_found."""
    device = Device.objects.filter(pk=device_id, revoked_at=None).first()
    if device is None:
        raise errors.not_found()
    event = record(verbs.DEVICE_REVOKED, "device", device.pk, actor, {"kind": device.kind})
    Device.objects.filter(pk=device.pk).update(revoked_at=clock.now(), activity_id=event)
