"""The walls around the tables of catalog: row-level security and composite foreign keys."""

from django.db import migrations

from visita.foundation.walls import wall


class Migration(migrations.Migration):
    """Row-level security from the first migration on."""

    dependencies = [
        ("catalog", "0001_first_tables"),
        ("scheduling", "0002_walls"),
    ]

    operations = [
        wall("catalog_specialty"),
        wall(
            "catalog_service",
            {
                "specialty_id": "catalog_specialty",
            },
        ),
        wall(
            "catalog_serviceresource",
            {
                "service_id": "catalog_service",
                "resource_id": "scheduling_resource",
            },
        ),
        wall(
            "catalog_requirement",
            {
                "service_id": "catalog_service",
            },
        ),
        wall(
            "catalog_requirementresource",
            {
                "requirement_id": "catalog_requirement",
                "resource_id": "scheduling_resource",
            },
        ),
        wall("catalog_specialtyevent", target=False, organization_key=False),
        wall("catalog_serviceevent", target=False, organization_key=False),
    ]
