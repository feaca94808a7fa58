"""The walls around the tables of identity: row-level security and composite foreign keys."""

from django.db import migrations

from visita.foundation.walls import wall


class Migration(migrations.Migration):
    """Row-level security from the first migration on."""

    dependencies = [
        ("identity", "0001_first_tables"),
        ("tenancy", "0002_walls"),
    ]

    operations = [
        wall("identity_apikey"),
        wall("identity_apikeyevent", target=False, organization_key=False),
        migrations.RunSQL(
            "ALTER TABLE identity_ratecounter SET UNLOGGED", "ALTER TABLE identity_ratecounter SET LOGGED"
        ),
    ]
