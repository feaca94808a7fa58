"""A claim's resource says that its organization is there."""

from django.db import migrations

from visita.foundation.walls import implied


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0007_rules_version"),
    ]

    operations = [
        implied("scheduling_allocation"),
    ]
