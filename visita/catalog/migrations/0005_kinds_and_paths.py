"""Kinds of subject and booking paths; behind the wall from the first migration on."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import visita.foundation.scope
from visita.foundation.walls import wall


class Migration(migrations.Migration):
    """Two tables with their histories."""

    dependencies = [
        ("catalog", "0004_promotions"),
    ]

    operations = [
        migrations.CreateModel(
            name="KindEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "organization_id",
                    models.BigIntegerField(default=visita.foundation.scope.current, editable=False),
                ),
                ("activity_id", models.BigIntegerField(editable=False, null=True)),
                ("code", models.CharField(max_length=40)),
                ("name", models.JSONField(default=dict)),
                ("position", models.IntegerField(default=0)),
                ("archived_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Path",
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
                ("activity_id", models.BigIntegerField(editable=False, null=True)),
                ("link", models.CharField(blank=True, max_length=60)),
                ("name", models.JSONField(default=dict)),
                ("steps", models.JSONField(default=list)),
                ("version", models.IntegerField(default=1)),
                ("archived_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="PathEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "organization_id",
                    models.BigIntegerField(default=visita.foundation.scope.current, editable=False),
                ),
                ("activity_id", models.BigIntegerField(editable=False, null=True)),
                ("link", models.CharField(blank=True, max_length=60)),
                ("name", models.JSONField(default=dict)),
                ("steps", models.JSONField(default=list)),
                ("version", models.IntegerField(default=1)),
                ("archived_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Kind",
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
                ("activity_id", models.BigIntegerField(editable=False, null=True)),
                ("code", models.CharField(max_length=40)),
                ("name", models.JSONField(default=dict)),
                ("position", models.IntegerField(default=0)),
                ("archived_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["position", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("organization_id", "code"), name="subject_kind_code")
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="kind",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalog_kindevent" ("activity_id", "archived_at", "code", "id", "name", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."activity_id", NEW."archived_at", NEW."code", NEW."id", NEW."name", NEW."organization_id", NOW(), \'insert\', NEW."id", NEW."position"); RETURN NULL;',
                    hash="cbbc8101102b0ce8c9e4ef20235560ce2203fdef",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4171f",
                    table="catalog_kind",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="kind",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "catalog_kindevent" ("activity_id", "archived_at", "code", "id", "name", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."activity_id", NEW."archived_at", NEW."code", NEW."id", NEW."name", NEW."organization_id", NOW(), \'update\', NEW."id", NEW."position"); RETURN NULL;',
                    hash="5ee31963915d8870e912f076464a46115a0d046e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_75b30",
                    table="catalog_kind",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="kind",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalog_kindevent" ("activity_id", "archived_at", "code", "id", "name", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (OLD."activity_id", OLD."archived_at", OLD."code", OLD."id", OLD."name", OLD."organization_id", NOW(), \'delete\', OLD."id", OLD."position"); RETURN NULL;',
                    hash="68989e4c4f564d557901f48fe2e27f8d2b023fc6",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5e333",
                    table="catalog_kind",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="kindevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="catalog.kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="path",
            constraint=models.UniqueConstraint(
                condition=models.Q(("archived_at", None)),
                fields=("organization_id", "link"),
                name="path_link",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="path",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalog_pathevent" ("activity_id", "archived_at", "id", "link", "name", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "steps", "version") VALUES (NEW."activity_id", NEW."archived_at", NEW."id", NEW."link", NEW."name", NEW."organization_id", NOW(), \'insert\', NEW."id", NEW."steps", NEW."version"); RETURN NULL;',
                    hash="8f9548346526f41b14580191042a56d9073d9823",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_cd65a",
                    table="catalog_path",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="path",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "catalog_pathevent" ("activity_id", "archived_at", "id", "link", "name", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "steps", "version") VALUES (NEW."activity_id", NEW."archived_at", NEW."id", NEW."link", NEW."name", NEW."organization_id", NOW(), \'update\', NEW."id", NEW."steps", NEW."version"); RETURN NULL;',
                    hash="4a7dfbf14708c7319b4065c3eef3278a75f4594b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c4871",
                    table="catalog_path",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="path",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalog_pathevent" ("activity_id", "archived_at", "id", "link", "name", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "steps", "version") VALUES (OLD."activity_id", OLD."archived_at", OLD."id", OLD."link", OLD."name", OLD."organization_id", NOW(), \'delete\', OLD."id", OLD."steps", OLD."version"); RETURN NULL;',
                    hash="ba2b8d8d1988e2fdcf947e9e9571d623eecf032a",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_82937",
                    table="catalog_path",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="pathevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="catalog.path",
            ),
        ),
        wall("catalog_kind"),
        wall("catalog_kindevent", target=False, organization_key=False),
        wall("catalog_path"),
        wall("catalog_pathevent", target=False, organization_key=False),
    ]
