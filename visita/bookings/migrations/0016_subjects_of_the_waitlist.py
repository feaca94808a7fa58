"""Whom or what somebody waits for."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from visita.foundation.walls import foreign_key


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0015_noted"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="waiting",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="waiting",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="waiting",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="waiting",
            name="subject_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="waitingevent",
            name="subject_id",
            field=models.BigIntegerField(null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waiting",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "bookings_waitingevent" ("activity_id", "booked_id", "client_id", "code", "first_day", "id", "items", "last_day", "location_id", "made_at", "note", "organization_id", "parts", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "seats", "source", "status", "subject_id", "visit_id", "weekdays") VALUES (NEW."activity_id", NEW."booked_id", NEW."client_id", NEW."code", NEW."first_day", NEW."id", NEW."items", NEW."last_day", NEW."location_id", NEW."made_at", NEW."note", NEW."organization_id", NEW."parts", NOW(), \'insert\', NEW."id", NEW."rank", NEW."seats", NEW."source", NEW."status", NEW."subject_id", NEW."visit_id", NEW."weekdays"); RETURN NULL;',
                    hash="bec2c4d9dc40c3ca56100ca3c465efe131d04a51",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9e662",
                    table="bookings_waiting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waiting",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "bookings_waitingevent" ("activity_id", "booked_id", "client_id", "code", "first_day", "id", "items", "last_day", "location_id", "made_at", "note", "organization_id", "parts", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "seats", "source", "status", "subject_id", "visit_id", "weekdays") VALUES (NEW."activity_id", NEW."booked_id", NEW."client_id", NEW."code", NEW."first_day", NEW."id", NEW."items", NEW."last_day", NEW."location_id", NEW."made_at", NEW."note", NEW."organization_id", NEW."parts", NOW(), \'update\', NEW."id", NEW."rank", NEW."seats", NEW."source", NEW."status", NEW."subject_id", NEW."visit_id", NEW."weekdays"); RETURN NULL;',
                    hash="2e8ca28de28252d7d76b778ba2d0786ca0f633ed",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3718d",
                    table="bookings_waiting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waiting",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "bookings_waitingevent" ("activity_id", "booked_id", "client_id", "code", "first_day", "id", "items", "last_day", "location_id", "made_at", "note", "organization_id", "parts", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "seats", "source", "status", "subject_id", "visit_id", "weekdays") VALUES (OLD."activity_id", OLD."booked_id", OLD."client_id", OLD."code", OLD."first_day", OLD."id", OLD."items", OLD."last_day", OLD."location_id", OLD."made_at", OLD."note", OLD."organization_id", OLD."parts", NOW(), \'delete\', OLD."id", OLD."rank", OLD."seats", OLD."source", OLD."status", OLD."subject_id", OLD."visit_id", OLD."weekdays"); RETURN NULL;',
                    hash="f05b6766941d4566b75f05adaed2aaa5207ae05f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5a8d3",
                    table="bookings_waiting",
                    when="AFTER",
                ),
            ),
        ),
        foreign_key("bookings_waiting", "subject_id", "clients_subject"),
    ]
