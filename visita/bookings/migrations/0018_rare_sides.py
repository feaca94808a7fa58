"""Indexes of what visits are narrowed by, so that the table finds what hardly any has.

The organization stands second: among many tenants a plan for anyone takes any index that begins with it for as good as the right
one, also where rows are looked up by their id.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0017_booked_on"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["organization_id", "status", "s"], name="visit_status"),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(
                fields=["organization_id", "scheme", "s"], name="visit_scheme", condition=~models.Q(scheme="")
            ),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(
                fields=["organization_id", "seats", "s"], name="visit_places", condition=~models.Q(seats=1)
            ),
        ),
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(fields=["service_id", "organization_id", "s"], name="appointment_service"),
        ),
    ]
