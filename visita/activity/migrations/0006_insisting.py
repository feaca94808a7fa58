"""Statements may insist on a condition by themselves."""

from django.db import migrations

from visita.foundation import insisting


class Migration(migrations.Migration):
    """One function."""

    dependencies = [
        ("activity", "0005_errands_of_a_recipient"),
    ]

    operations = [
        insisting.function(),
    ]
