"""Times kept for a client to choose from."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import visita.foundation.clock
import visita.foundation.scope
from visita.foundation.walls import wall


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0011_queue"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChoiceEvent",
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
                ("code", models.CharField(max_length=8)),
                ("visit_id", models.BigIntegerField()),
                ("location_id", models.BigIntegerField()),
                ("options", models.JSONField()),
                ("hold", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(default=visita.foundation.clock.now)),
                ("expires_at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("accepted", "Accepted"),
                            ("expired", "Expired"),
                            ("withdrawn", "Withdrawn"),
                            ("lost", "Lost"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Choice",
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
                ("code", models.CharField(max_length=8, unique=True)),
                ("visit_id", models.BigIntegerField()),
                ("location_id", models.BigIntegerField()),
                ("options", models.JSONField()),
                ("hold", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(default=visita.foundation.clock.now)),
                ("expires_at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("accepted", "Accepted"),
                            ("expired", "Expired"),
                            ("withdrawn", "Withdrawn"),
                            ("lost", "Lost"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["organization_id", "visit_id", "id"], name="choice_visit")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "open")),
                        fields=("organization_id", "visit_id"),
                        name="choice_one_open",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="choice",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "bookings_choiceevent" ("activity_id", "code", "ended_at", "expires_at", "hold", "id", "location_id", "made_at", "options", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "visit_id") VALUES (NEW."activity_id", NEW."code", NEW."ended_at", NEW."expires_at", NEW."hold", NEW."id", NEW."location_id", NEW."made_at", NEW."options", NEW."organization_id", NOW(), \'insert\', NEW."id", NEW."status", NEW."visit_id"); RETURN NULL;',
                    hash="601174b1bffcb1f3f6efa7670b48cde69c987c88",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4bbc7",
                    table="bookings_choice",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="choice",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "bookings_choiceevent" ("activity_id", "code", "ended_at", "expires_at", "hold", "id", "location_id", "made_at", "options", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "visit_id") VALUES (NEW."activity_id", NEW."code", NEW."ended_at", NEW."expires_at", NEW."hold", NEW."id", NEW."location_id", NEW."made_at", NEW."options", NEW."organization_id", NOW(), \'update\', NEW."id", NEW."status", NEW."visit_id"); RETURN NULL;',
                    hash="bc7869b44f686493b9d5a7c2743a44fe61c536ed",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e8f8c",
                    table="bookings_choice",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="choice",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "bookings_choiceevent" ("activity_id", "code", "ended_at", "expires_at", "hold", "id", "location_id", "made_at", "options", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "visit_id") VALUES (OLD."activity_id", OLD."code", OLD."ended_at", OLD."expires_at", OLD."hold", OLD."id", OLD."location_id", OLD."made_at", OLD."options", OLD."organization_id", NOW(), \'delete\', OLD."id", OLD."status", OLD."visit_id"); RETURN NULL;',
                    hash="b57c844f44fb980c35dce1226473a5b5eef4564a",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_765d8",
                    table="bookings_choice",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="choiceevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="bookings.choice",
            ),
        ),
        wall("bookings_choice", {"visit_id": "bookings_visit", "location_id": "tenancy_location"}),
        wall("bookings_choiceevent", target=False, organization_key=False),
    ]
