"""An index by which the states of visits on a day are found, for the journal as it was."""

from django.db import migrations


class Migration(migrations.Migration):
    """One more index on a table that is only added to."""

    dependencies = [
        ("bookings", "0008_series"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX visit_event_day ON bookings_visitevent (organization_id, location_id, s)",
            "DROP INDEX visit_event_day",
        ),
    ]
