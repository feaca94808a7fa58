"""What pets, children and vehicles are found by, and the keys of those known already."""

from typing import Any

from django.db import migrations, models

import visita.foundation.scope
from visita.clients.subject_search import subject_keys
from visita.foundation.walls import wall


def _add(apps: Any, schema_editor: Any) -> None:
    subject, key = apps.get_model("clients", "Subject"), apps.get_model("clients", "SubjectKey")
    alias = schema_editor.connection.alias
    rows = subject._base_manager.using(alias).values_list("id", "organization_id", "name", "details")
    key._base_manager.using(alias).bulk_create(
        [
            key(subject_id=pk, organization_id=organization, key=each)
            for pk, organization, name, details in rows
            for each in subject_keys(name, details)
        ],
        batch_size=2000,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0010_fewer_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="SubjectKey",
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
                ("subject_id", models.BigIntegerField()),
                ("key", models.CharField(db_collation="C", max_length=120)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organization_id", "key", "subject_id"], name="subject_key_prefix"),
                    models.Index(fields=["organization_id", "subject_id"], name="subject_key_subject"),
                ],
            },
        ),
        wall("clients_subjectkey", {"subject_id": "clients_subject"}, target=False),
        migrations.RunPython(_add, migrations.RunPython.noop),
    ]
