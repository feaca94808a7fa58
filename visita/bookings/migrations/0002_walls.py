"""The walls around the tables of bookings: row-level security and composite foreign keys."""

from django.db import migrations

from visita.foundation.walls import foreign_key, wall


class Migration(migrations.Migration):
    """Row-level security from the first migration on."""

    dependencies = [
        ("bookings", "0001_first_tables"),
        ("clients", "0002_walls"),
        ("catalog", "0002_walls"),
    ]

    operations = [
        wall(
            "bookings_visit",
            {
                "location_id": "tenancy_location",
                "client_id": "clients_client",
                "subject_id": "clients_subject",
            },
        ),
        wall(
            "bookings_session",
            {
                "location_id": "tenancy_location",
                "service_id": "catalog_service",
            },
        ),
        wall(
            "bookings_appointment",
            {
                "visit_id": "bookings_visit",
                "service_id": "catalog_service",
                "resource_id": "scheduling_resource",
                "session_id": "bookings_session",
            },
        ),
        wall(
            "bookings_place",
            {
                "session_id": "bookings_session",
                "appointment_id": "bookings_appointment",
            },
        ),
        wall("bookings_visitevent", target=False, organization_key=False),
        wall("bookings_sessionevent", target=False, organization_key=False),
        wall("bookings_appointmentevent", target=False, organization_key=False),
        wall("bookings_placeevent", target=False, organization_key=False),
        foreign_key("scheduling_allocation", "appointment_id", "bookings_appointment"),
        foreign_key("scheduling_allocation", "session_id", "bookings_session"),
    ]
