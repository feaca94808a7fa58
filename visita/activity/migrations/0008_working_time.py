"""An index of the changes to working time, for their journal beside years of bookings."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activity", "0007_moved"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                condition=models.Q(
                    (
                        "verb__in",
                        (
                            "working_time.set",
                            "working_time.exception_set",
                            "working_time.exception_removed",
                            "time.blocked",
                            "time.unblocked",
                        ),
                    )
                ),
                fields=["organization_id", "id"],
                name="activity_working_time",
            ),
        ),
    ]
