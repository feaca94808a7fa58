"""An index by which the places of a hold are found."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Few places are held at a time; the index holds only those."""

    dependencies = [("bookings", "0005_attendees_and_withdrawals")]

    operations = [
        migrations.AddIndex(
            model_name="place",
            index=models.Index(
                fields=["organization_id", "hold"], name="place_hold", condition=~models.Q(hold="")
            ),
        ),
    ]
