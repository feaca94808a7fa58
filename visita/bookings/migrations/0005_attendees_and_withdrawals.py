"""For whom each appointment is where several come, and consents that were taken back."""

from django.db import migrations, models

import visita.foundation.scope
from visita.foundation.walls import append_only, wall


class Migration(migrations.Migration):
    """Two tables that are written once."""

    dependencies = [
        ("bookings", "0004_scheme"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attendee",
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
                ("visit_id", models.BigIntegerField()),
                ("position", models.SmallIntegerField()),
                ("number", models.SmallIntegerField()),
                ("subject_id", models.BigIntegerField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization_id", "visit_id", "position", "number"), name="attendee_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Withdrawal",
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
                ("acceptance_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("ip", models.GenericIPAddressField(null=True)),
                ("source", models.CharField(max_length=32)),
                ("activity_id", models.BigIntegerField(editable=False, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization_id", "acceptance_id"), name="withdrawn_once"
                    )
                ],
            },
        ),
        wall("bookings_attendee", {"visit_id": "bookings_visit", "subject_id": "clients_subject"}),
        wall("bookings_withdrawal", {"acceptance_id": "bookings_acceptance"}),
        append_only("bookings_withdrawal"),
    ]
