"""The walls around the tables of clients: row-level security and composite foreign keys."""

from django.db import migrations

from visita.foundation.walls import wall


class Migration(migrations.Migration):
    """Row-level security from the first migration on."""

    dependencies = [
        ("clients", "0001_first_tables"),
        ("tenancy", "0002_walls"),
    ]

    operations = [
        wall("clients_client"),
        wall(
            "clients_searchkey",
            {
                "client_id": "clients_client",
            },
        ),
        wall(
            "clients_subject",
            {
                "client_id": "clients_client",
            },
        ),
        wall("clients_clientevent", target=False, organization_key=False),
        wall("clients_subjectevent", target=False, organization_key=False),
    ]
