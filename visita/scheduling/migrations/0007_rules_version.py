"""What is said about resources and their working time belongs to the rules a process remembers."""

from django.db import migrations

from visita.tenancy.versions import changes_rules


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0006_hours_version"),
        ("tenancy", "0004_rules_version"),
    ]

    operations = [
        changes_rules(
            "scheduling_resource",
            "scheduling_resourcelocation",
            "scheduling_workingpattern",
            "scheduling_workingexception",
        ),
    ]
