"""Keep what is known of a person beyond name and contact."""

from visita.activity.record import record
from visita.clients import queries, verbs
from visita.clients.models import PersonalData
from visita.clients.personal_data import Personal
from visita.clients.storing import replace_keys
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.tenancy import queries as tenancy


@Action
def set_personal_data(client_id: int, personal: Personal, *, actor: Actor) -> PersonalData:
    """All fields as given. Refuses not_found and what `Personal` refuses."""
    client = queries.client(client_id)
    columns = personal.columns()
    row = PersonalData.objects.filter(client_id=client.pk).first() or PersonalData(client_id=client.pk)
    changed = [name for name, value in columns.items() if getattr(row, name) != value]
    if changed:
        for name in changed:
            setattr(row, name, columns[name])
        row.activity_id = record(verbs.PERSONAL_DATA_SET, "client", client.pk, actor, {"fields": changed})
        row.save()
    if "address" in changed:
        replace_keys(client, tenancy.profile().country)
    return row
