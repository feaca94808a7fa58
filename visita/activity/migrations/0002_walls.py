"""The walls around the tables of activity: row-level security and composite foreign keys."""

from django.db import migrations

from visita.foundation.walls import wall


class Migration(migrations.Migration):
    """Row-level security from the first migration on."""

    dependencies = [
        ("activity", "0001_first_tables"),
    ]

    operations = [
        wall("activity_activity", target=False, organization_key=False),
        wall("activity_idempotencykey", target=False, organization_key=False),
    ]
