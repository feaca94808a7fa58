"""Of a letter about a visit the log knows which visit, and up to which act the letter told of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_first_tables")]

    operations = [
        migrations.AddField(model_name="delivery", name="visit_id", field=models.BigIntegerField(null=True)),
        migrations.AddField(model_name="delivery", name="told", field=models.BigIntegerField(null=True)),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("visit_id__isnull", False)),
                fields=["organization_id", "visit_id"],
                name="delivery_visit",
            ),
        ),
    ]
