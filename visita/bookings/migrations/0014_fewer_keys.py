"""A visit's location and an appointment's visit say that their organization is there; nobody looks for half a code."""

from django.db import migrations

from visita.foundation.walls import implied


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0013_discounts"),
    ]

    operations = [
        implied("bookings_visit"),
        implied("bookings_appointment"),
        migrations.RunSQL(
            "DROP INDEX IF EXISTS bookings_visit_code_2958416a_like",
            "CREATE INDEX bookings_visit_code_2958416a_like ON bookings_visit (code varchar_pattern_ops)",
        ),
    ]
