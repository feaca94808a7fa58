"""An index of what was moved, for the question of years."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activity", "0006_insisting"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                condition=models.Q(("object_kind", "visit"), ("verb", "visit.moved")),
                fields=["organization_id", "object_id"],
                name="activity_moved",
            ),
        ),
    ]
