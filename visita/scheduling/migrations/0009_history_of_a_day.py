"""What a day was like at an earlier moment is found without reading the whole history."""

from django.db import migrations

_EXCEPTIONS = (
    "CREATE INDEX working_exception_event_date ON scheduling_workingexceptionevent (organization_id, date)"
)
_PATTERNS = "CREATE INDEX working_pattern_event_place ON scheduling_workingpatternevent (organization_id, location_id)"
# Claims that went: a booking writes none of these, a move one or two
_CLAIMS = (
    "CREATE INDEX allocation_event_gone ON scheduling_allocationevent (organization_id, appointment_id) "
    "WHERE pgh_label = 'delete' AND appointment_id IS NOT NULL"
)


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0008_fewer_keys"),
    ]

    operations = [
        migrations.RunSQL(_EXCEPTIONS, "DROP INDEX working_exception_event_date"),
        migrations.RunSQL(_PATTERNS, "DROP INDEX working_pattern_event_place"),
        migrations.RunSQL(_CLAIMS, "DROP INDEX allocation_event_gone"),
    ]
