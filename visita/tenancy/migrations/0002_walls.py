"""The walls around the tables of tenancy: row-level security and composite foreign keys."""

from django.db import migrations

from visita.foundation.walls import wall


class Migration(migrations.Migration):
    """Row-level security from the first migration on."""

    dependencies = [
        ("tenancy", "0001_first_tables"),
        ("activity", "0002_walls"),
    ]

    operations = [
        wall("tenancy_profile"),
        wall("tenancy_location"),
        wall("tenancy_setting"),
        wall("tenancy_profileevent", target=False, organization_key=False),
        wall("tenancy_locationevent", target=False, organization_key=False),
        wall("tenancy_settingevent", target=False, organization_key=False),
    ]
