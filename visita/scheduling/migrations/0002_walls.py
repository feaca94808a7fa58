"""The walls around the tables of scheduling: row-level security and composite foreign keys."""

from django.db import migrations

from visita.foundation.walls import wall


class Migration(migrations.Migration):
    """Row-level security from the first migration on."""

    dependencies = [
        ("scheduling", "0001_first_tables"),
        ("tenancy", "0002_walls"),
    ]

    operations = [
        wall("scheduling_resource"),
        wall(
            "scheduling_resourcelocation",
            {
                "resource_id": "scheduling_resource",
                "location_id": "tenancy_location",
            },
        ),
        wall(
            "scheduling_workingpattern",
            {
                "resource_id": "scheduling_resource",
                "location_id": "tenancy_location",
            },
        ),
        wall(
            "scheduling_workingexception",
            {
                "resource_id": "scheduling_resource",
                "location_id": "tenancy_location",
            },
        ),
        wall(
            "scheduling_allocation",
            {
                "resource_id": "scheduling_resource",
                "location_id": "tenancy_location",
            },
        ),
        wall("scheduling_resourceevent", target=False, organization_key=False),
        wall("scheduling_workingpatternevent", target=False, organization_key=False),
        wall("scheduling_workingexceptionevent", target=False, organization_key=False),
        wall("scheduling_allocationevent", target=False, organization_key=False),
    ]
