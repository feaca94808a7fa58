"""The counters of the funnel, behind their wall from the start."""

from typing import ClassVar

from django.db import migrations, models

import visita.foundation.scope
from visita.foundation.walls import wall


class Migration(migrations.Migration):
    """One table; its unique key is also the index its readers use."""

    initial = True

    dependencies: ClassVar = [("tenancy", "0002_walls")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="FunnelStep",
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
                ("day", models.DateField()),
                ("step", models.CharField(max_length=12)),
                ("door", models.CharField(max_length=12)),
                ("language", models.CharField(max_length=8)),
                ("device", models.CharField(max_length=8)),
                ("channel", models.CharField(blank=True, max_length=16)),
                ("count", models.IntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization_id", "day", "step", "door", "language", "device", "channel"),
                        name="funnel_once",
                    )
                ],
            },
        ),
        wall("marketing_funnelstep"),
    ]
