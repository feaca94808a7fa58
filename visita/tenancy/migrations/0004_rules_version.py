"""A version of each organization's rules, raised by every statement that changes them."""

import uuid

from django.db import migrations, models

import visita.foundation.scope
from visita.foundation.walls import wall
from visita.tenancy.versions import changes_rules, function


class Migration(migrations.Migration):
    """A table behind the wall, and the triggers of this package's tables."""

    dependencies = [
        ("tenancy", "0003_message_at_confirmation"),
    ]

    operations = [
        migrations.CreateModel(
            name="RulesVersion",
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
                ("version", models.UUIDField(default=uuid.uuid4)),
            ],
            options={"indexes": [models.Index(fields=["organization_id"], name="rules_version")]},
        ),
        wall("tenancy_rulesversion", target=False),
        function(),
        changes_rules("tenancy_location", "tenancy_setting", "tenancy_profile"),
    ]
