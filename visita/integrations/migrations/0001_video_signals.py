"""What two browsers of a video visit say to each other until they are connected."""

from django.db import migrations, models

import visita.foundation.clock
import visita.foundation.scope
from visita.foundation.walls import wall


class Migration(migrations.Migration):
    """The table with its walls; signals live for minutes and carry no history."""

    initial = True

    dependencies = [("bookings", "0002_walls"), ("tenancy", "0002_walls")]

    operations = [
        migrations.CreateModel(
            name="Signal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organization_id",
                    models.BigIntegerField(default=visita.foundation.scope.current, editable=False),
                ),
                ("visit_id", models.BigIntegerField()),
                ("side", models.CharField(choices=[("client", "Client"), ("staff", "Staff")], max_length=6)),
                ("body", models.JSONField()),
                ("at", models.DateTimeField(default=visita.foundation.clock.now)),
            ],
            options={
                "indexes": [models.Index(fields=["organization_id", "visit_id", "id"], name="signal_visit")],
            },
        ),
        wall("integrations_signal", {"visit_id": "bookings_visit"}),
    ]
