"""What was done for one recipient is found by an index: the letters on a client's card."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One index."""

    dependencies = [
        ("activity", "0004_readings"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="errand",
            index=models.Index(fields=["organization_id", "recipient"], name="errand_recipient"),
        ),
    ]
