"""Change a client's details."""

from visita.activity.record import everywhere, record
from visita.clients import verbs
from visita.clients.details import Details
from visita.clients.errors import changed_meanwhile, not_found
from visita.clients.models import Client
from visita.clients.storing import replace_keys
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.tenancy import queries


@Action
def change(client_id: int, details: Details, *, actor: Actor, version: int | None = None) -> Client:
    """All fields as given. `version` is what the form was opened with; refuses not_found, changed_meanwhile."""
    country = queries.profile().country
    checked = details.checked(country)
    client = Client.objects.select_for_update(no_key=True).filter(pk=client_id, archived_at=None).first()
    if client is None:
        raise not_found()
    if version is not None and version != client.version:
        raise changed_meanwhile(client.version)
    changed = [name for name, value in checked.columns().items() if getattr(client, name) != value]
    for name in changed:
        setattr(client, name, checked.columns()[name])
    client.version += 1
    client.activity_id = record(
        verbs.CLIENT_CHANGED, "client", client_id, actor, {"fields": changed}, news=everywhere()
    )
    client.save()
    replace_keys(client, country)
    return client
