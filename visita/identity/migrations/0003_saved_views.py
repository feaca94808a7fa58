"""Views of tables that people keep under a name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import visita.foundation.scope
from visita.foundation.walls import wall


class Migration(migrations.Migration):
    """The table with its walls."""

    dependencies = [("identity", "0002_walls")]

    operations = [
        migrations.CreateModel(
            name="SavedView",
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
                ("table", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(max_length=2000)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization_id", "user", "table", "name"), name="saved_view_once"
                    )
                ],
            },
        ),
        wall("identity_savedview"),
    ]
