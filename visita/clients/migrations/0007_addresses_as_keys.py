"""Search keys of the addresses on record, by which a booking with the same one finds its client."""

from typing import Any

from django.db import migrations

from visita.clients.matching import address_key


def _add(apps: Any, schema_editor: Any) -> None:
    personal, key = apps.get_model("clients", "PersonalData"), apps.get_model("clients", "SearchKey")
    alias = schema_editor.connection.alias
    rows = personal._base_manager.using(alias).exclude(address="")
    key._base_manager.using(alias).bulk_create(
        [
            key(client_id=client, organization_id=organization, key=address_key(address))
            for client, organization, address in rows.values_list("client_id", "organization_id", "address")
            if address_key(address)
        ],
        batch_size=2000,
    )


class Migration(migrations.Migration):
    """Rows only; the table stays as it is."""

    dependencies = [
        ("clients", "0006_notes_and_tags"),
    ]

    operations = [migrations.RunPython(_add, migrations.RunPython.noop)]
