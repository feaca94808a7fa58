"""Who looked at whose data: rows that the application adds and never changes."""

from django.db import migrations, models

import visita.foundation.scope
from visita.foundation.walls import append_only, wall


class Migration(migrations.Migration):
    """One table of evidence."""

    dependencies = [
        ("activity", "0003_errands"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reading",
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
                ("object_kind", models.CharField(max_length=32)),
                ("object_id", models.BigIntegerField()),
                ("actor_id", models.BigIntegerField()),
                ("actor_label", models.CharField(max_length=200)),
                ("ip", models.GenericIPAddressField(null=True)),
                ("hour", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization_id", "object_kind", "object_id", "hour", "actor_id"),
                        name="reading_once",
                    )
                ],
            },
        ),
        wall("activity_reading", target=False, organization_key=False),
        append_only("activity_reading"),
    ]
