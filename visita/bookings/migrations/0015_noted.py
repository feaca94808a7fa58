"""Visits that have a note, by time: a word is looked for in these alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bookings", "0014_fewer_keys")]

    operations = [
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(
                condition=models.Q(("note", ""), _negated=True),
                fields=["organization_id", "s"],
                name="visit_noted",
            ),
        ),
    ]
