"""The proof of what a client accepted, and the policy as it was agreed."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import visita.foundation.scope
from visita.foundation.walls import append_only, wall


class Migration(migrations.Migration):
    """A table of evidence, and a column of the visit."""

    dependencies = [
        ("bookings", "0002_walls"),
        ("catalog", "0003_booking_fields_and_consents"),
    ]

    operations = [
        migrations.CreateModel(
            name="Acceptance",
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
                ("consent_id", models.BigIntegerField()),
                ("version", models.IntegerField()),
                ("purpose", models.CharField(max_length=12)),
                ("language", models.CharField(blank=True, max_length=8)),
                ("label", models.TextField()),
                ("text", models.TextField(blank=True)),
                ("file_hash", models.CharField(blank=True, max_length=64)),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("ip", models.GenericIPAddressField(null=True)),
                ("source", models.CharField(max_length=32)),
                ("activity_id", models.BigIntegerField(editable=False, null=True)),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="visit",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="visit",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="visit",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="visit",
            name="terms",
            field=models.JSONField(db_default={}, default=dict),
        ),
        migrations.AddField(
            model_name="visitevent",
            name="terms",
            field=models.JSONField(db_default={}, default=dict),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="visit",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "bookings_visitevent" ("activity_id", "booked_at", "cancel_reason", "client_id", "code", "consents", "e", "external_id", "fields", "id", "location_id", "note", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "s", "seats", "source", "status", "subject_id", "terms", "version", "wall", "zone") VALUES (NEW."activity_id", NEW."booked_at", NEW."cancel_reason", NEW."client_id", NEW."code", NEW."consents", NEW."e", NEW."external_id", NEW."fields", NEW."id", NEW."location_id", NEW."note", NEW."organization_id", NOW(), \'insert\', NEW."id", NEW."s", NEW."seats", NEW."source", NEW."status", NEW."subject_id", NEW."terms", NEW."version", NEW."wall", NEW."zone"); RETURN NULL;',
                    hash="220fc4a8f44076fcb99aed7ff38c2a6d45b4ef6a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f538f",
                    table="bookings_visit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="visit",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."activity_id" IS DISTINCT FROM (NEW."activity_id") OR OLD."booked_at" IS DISTINCT FROM (NEW."booked_at") OR OLD."cancel_reason" IS DISTINCT FROM (NEW."cancel_reason") OR OLD."client_id" IS DISTINCT FROM (NEW."client_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."consents" IS DISTINCT FROM (NEW."consents") OR OLD."e" IS DISTINCT FROM (NEW."e") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."fields" IS DISTINCT FROM (NEW."fields") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."location_id" IS DISTINCT FROM (NEW."location_id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."organization_id" IS DISTINCT FROM (NEW."organization_id") OR OLD."s" IS DISTINCT FROM (NEW."s") OR OLD."seats" IS DISTINCT FROM (NEW."seats") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."subject_id" IS DISTINCT FROM (NEW."subject_id") OR OLD."terms" IS DISTINCT FROM (NEW."terms") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."wall" IS DISTINCT FROM (NEW."wall") OR OLD."zone" IS DISTINCT FROM (NEW."zone"))',
                    func='INSERT INTO "bookings_visitevent" ("activity_id", "booked_at", "cancel_reason", "client_id", "code", "consents", "e", "external_id", "fields", "id", "location_id", "note", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "s", "seats", "source", "status", "subject_id", "terms", "version", "wall", "zone") VALUES (NEW."activity_id", NEW."booked_at", NEW."cancel_reason", NEW."client_id", NEW."code", NEW."consents", NEW."e", NEW."external_id", NEW."fields", NEW."id", NEW."location_id", NEW."note", NEW."organization_id", NOW(), \'update\', NEW."id", NEW."s", NEW."seats", NEW."source", NEW."status", NEW."subject_id", NEW."terms", NEW."version", NEW."wall", NEW."zone"); RETURN NULL;',
                    hash="84df3ebfbb0f3b56d5045b7d7e2abf55497064a3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bcac9",
                    table="bookings_visit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="visit",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "bookings_visitevent" ("activity_id", "booked_at", "cancel_reason", "client_id", "code", "consents", "e", "external_id", "fields", "id", "location_id", "note", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "s", "seats", "source", "status", "subject_id", "terms", "version", "wall", "zone") VALUES (OLD."activity_id", OLD."booked_at", OLD."cancel_reason", OLD."client_id", OLD."code", OLD."consents", OLD."e", OLD."external_id", OLD."fields", OLD."id", OLD."location_id", OLD."note", OLD."organization_id", NOW(), \'delete\', OLD."id", OLD."s", OLD."seats", OLD."source", OLD."status", OLD."subject_id", OLD."terms", OLD."version", OLD."wall", OLD."zone"); RETURN NULL;',
                    hash="bbe72496e20a69204f738907aa96374660431b68",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e302f",
                    table="bookings_visit",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="acceptance",
            index=models.Index(fields=["organization_id", "visit_id"], name="acceptance_visit"),
        ),
        wall("bookings_acceptance", {"visit_id": "bookings_visit", "consent_id": "catalog_consenttext"}),
        append_only("bookings_acceptance"),
    ]
