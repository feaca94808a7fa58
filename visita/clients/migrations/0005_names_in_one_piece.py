"""Search keys of the clients known already: their names in one piece, by which a name typed with wrong gaps is found."""

from typing import Any

from django.db import migrations

from visita.clients.matching import whole_names

_AT_ONCE = 2000


def _add(apps: Any, schema_editor: Any) -> None:
    client, key = apps.get_model("clients", "Client"), apps.get_model("clients", "SearchKey")
    rows = client._base_manager.using(schema_editor.connection.alias)
    made = []
    for pk, organization, first, last in rows.values_list("id", "organization_id", "first_name", "last_name"):
        made += [
            key(client_id=pk, organization_id=organization, key=each) for each in whole_names(first, last)
        ]
        if len(made) > _AT_ONCE:
            key._base_manager.using(schema_editor.connection.alias).bulk_create(made)
            made = []
    key._base_manager.using(schema_editor.connection.alias).bulk_create(made)


class Migration(migrations.Migration):
    """Rows only; the table stays as it is."""

    dependencies = [
        ("clients", "0004_codes_sessions_and_personal_data"),
    ]

    operations = [migrations.RunPython(_add, migrations.RunPython.noop)]
