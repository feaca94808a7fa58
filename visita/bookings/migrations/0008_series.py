"""Visits that repeat: the series and each visit's turn in it."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import visita.foundation.scope
from visita.foundation.walls import wall


class Migration(migrations.Migration):
    """Two tables with their history and walls."""

    dependencies = [
        ("bookings", "0007_parked_visits"),
    ]

    operations = [
        migrations.CreateModel(
            name="SeriesEvent",
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
                ("location_id", models.BigIntegerField()),
                ("client_id", models.BigIntegerField()),
                ("rule", models.JSONField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Turn",
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
                ("series_id", models.BigIntegerField()),
                ("visit_id", models.BigIntegerField()),
                ("number", models.SmallIntegerField()),
                ("wall", models.CharField(max_length=32)),
                ("resource_id", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="TurnEvent",
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
                ("series_id", models.BigIntegerField()),
                ("visit_id", models.BigIntegerField()),
                ("number", models.SmallIntegerField()),
                ("wall", models.CharField(max_length=32)),
                ("resource_id", models.BigIntegerField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Series",
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
                ("location_id", models.BigIntegerField()),
                ("client_id", models.BigIntegerField()),
                ("rule", models.JSONField()),
            ],
            options={
                "indexes": [models.Index(fields=["organization_id", "client_id"], name="series_client")],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="series",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "bookings_seriesevent" ("activity_id", "client_id", "id", "location_id", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule") VALUES (NEW."activity_id", NEW."client_id", NEW."id", NEW."location_id", NEW."organization_id", NOW(), \'insert\', NEW."id", NEW."rule"); RETURN NULL;',
                    hash="05e060cf08dbde210af95d569dfea3d234e60a05",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_40c0a",
                    table="bookings_series",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="series",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "bookings_seriesevent" ("activity_id", "client_id", "id", "location_id", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule") VALUES (NEW."activity_id", NEW."client_id", NEW."id", NEW."location_id", NEW."organization_id", NOW(), \'update\', NEW."id", NEW."rule"); RETURN NULL;',
                    hash="32247ce07d6ceb88b4b40fb71a4eefbf567d8276",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_9d860",
                    table="bookings_series",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="series",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "bookings_seriesevent" ("activity_id", "client_id", "id", "location_id", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule") VALUES (OLD."activity_id", OLD."client_id", OLD."id", OLD."location_id", OLD."organization_id", NOW(), \'delete\', OLD."id", OLD."rule"); RETURN NULL;',
                    hash="5132e588c30f083572c921e7458436bf46a50762",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7cb1b",
                    table="bookings_series",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="seriesevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="bookings.series",
            ),
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.UniqueConstraint(
                fields=("organization_id", "visit_id"), name="turn_visit_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.UniqueConstraint(
                fields=("organization_id", "series_id", "number"), name="turn_number"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="turn",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "bookings_turnevent" ("activity_id", "id", "number", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "series_id", "visit_id", "wall") VALUES (NEW."activity_id", NEW."id", NEW."number", NEW."organization_id", NOW(), \'insert\', NEW."id", NEW."resource_id", NEW."series_id", NEW."visit_id", NEW."wall"); RETURN NULL;',
                    hash="38ecb8131b5b5885ca33a824b409c960dca8b0fe",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7c799",
                    table="bookings_turn",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="turn",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "bookings_turnevent" ("activity_id", "id", "number", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "series_id", "visit_id", "wall") VALUES (NEW."activity_id", NEW."id", NEW."number", NEW."organization_id", NOW(), \'update\', NEW."id", NEW."resource_id", NEW."series_id", NEW."visit_id", NEW."wall"); RETURN NULL;',
                    hash="d04ea09ac129939f5c5b98c99c55aaca6bf12670",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_565c0",
                    table="bookings_turn",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="turn",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "bookings_turnevent" ("activity_id", "id", "number", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "series_id", "visit_id", "wall") VALUES (OLD."activity_id", OLD."id", OLD."number", OLD."organization_id", NOW(), \'delete\', OLD."id", OLD."resource_id", OLD."series_id", OLD."visit_id", OLD."wall"); RETURN NULL;',
                    hash="54a9d3136b0821bfdcd94fc15e50cf1f8449a5cc",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_54957",
                    table="bookings_turn",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="turnevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="bookings.turn",
            ),
        ),
        wall("bookings_series", {"location_id": "tenancy_location", "client_id": "clients_client"}),
        wall(
            "bookings_turn",
            {
                "series_id": "bookings_series",
                "visit_id": "bookings_visit",
                "resource_id": "scheduling_resource",
            },
        ),
        wall("bookings_seriesevent", target=False, organization_key=False),
        wall("bookings_turnevent", target=False, organization_key=False),
    ]
