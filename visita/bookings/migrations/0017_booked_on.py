"""An index of the dates of booking, for the table of visits."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0016_subjects_of_the_waitlist"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["organization_id", "booked_at"], name="visit_booked"),
        ),
    ]
