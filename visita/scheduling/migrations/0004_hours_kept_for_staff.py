"""Which part of working time clients may book by themselves."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    """Intervals of a pattern and of a date; NULL is all of it."""

    dependencies = [
        ("scheduling", "0003_find_claims_of_a_session"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="workingexception",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="workingexception",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="workingexception",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="workingpattern",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="workingpattern",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="workingpattern",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="workingexception",
            name="online",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="workingexceptionevent",
            name="online",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="workingpattern",
            name="online",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="workingpatternevent",
            name="online",
            field=models.JSONField(null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workingexception",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "scheduling_workingexceptionevent" ("activity_id", "date", "id", "intervals", "location_id", "online", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "resource_id") VALUES (NEW."activity_id", NEW."date", NEW."id", NEW."intervals", NEW."location_id", NEW."online", NEW."organization_id", NOW(), \'insert\', NEW."id", NEW."reason", NEW."resource_id"); RETURN NULL;',
                    hash="3b982b4e4b3fa37c69d888fefd8519646d6548f4",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_06e40",
                    table="scheduling_workingexception",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workingexception",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "scheduling_workingexceptionevent" ("activity_id", "date", "id", "intervals", "location_id", "online", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "resource_id") VALUES (NEW."activity_id", NEW."date", NEW."id", NEW."intervals", NEW."location_id", NEW."online", NEW."organization_id", NOW(), \'update\', NEW."id", NEW."reason", NEW."resource_id"); RETURN NULL;',
                    hash="49dc422f8c6d668635a2a9024c1642f2d5fbd6bc",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4c9ab",
                    table="scheduling_workingexception",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workingexception",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "scheduling_workingexceptionevent" ("activity_id", "date", "id", "intervals", "location_id", "online", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "resource_id") VALUES (OLD."activity_id", OLD."date", OLD."id", OLD."intervals", OLD."location_id", OLD."online", OLD."organization_id", NOW(), \'delete\', OLD."id", OLD."reason", OLD."resource_id"); RETURN NULL;',
                    hash="a2d79f57ff723dfaeaa393c37072a3ddf879d400",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_04fbc",
                    table="scheduling_workingexception",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workingpattern",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "scheduling_workingpatternevent" ("activity_id", "end", "every_weeks", "id", "location_id", "online", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "start", "valid_from", "valid_to", "weekday") VALUES (NEW."activity_id", NEW."end", NEW."every_weeks", NEW."id", NEW."location_id", NEW."online", NEW."organization_id", NOW(), \'insert\', NEW."id", NEW."resource_id", NEW."start", NEW."valid_from", NEW."valid_to", NEW."weekday"); RETURN NULL;',
                    hash="2b3d8883d7868668b85fdd538fe2ec14971c0668",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_aff27",
                    table="scheduling_workingpattern",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workingpattern",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "scheduling_workingpatternevent" ("activity_id", "end", "every_weeks", "id", "location_id", "online", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "start", "valid_from", "valid_to", "weekday") VALUES (NEW."activity_id", NEW."end", NEW."every_weeks", NEW."id", NEW."location_id", NEW."online", NEW."organization_id", NOW(), \'update\', NEW."id", NEW."resource_id", NEW."start", NEW."valid_from", NEW."valid_to", NEW."weekday"); RETURN NULL;',
                    hash="6b98a8ca493e4fec67eacdc8ede5f4d05bbd6c29",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_619c8",
                    table="scheduling_workingpattern",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workingpattern",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "scheduling_workingpatternevent" ("activity_id", "end", "every_weeks", "id", "location_id", "online", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "start", "valid_from", "valid_to", "weekday") VALUES (OLD."activity_id", OLD."end", OLD."every_weeks", OLD."id", OLD."location_id", OLD."online", OLD."organization_id", NOW(), \'delete\', OLD."id", OLD."resource_id", OLD."start", OLD."valid_from", OLD."valid_to", OLD."weekday"); RETURN NULL;',
                    hash="8a86821556ed0b4453dd6052dbd0ebca8f5b8da8",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f6e0d",
                    table="scheduling_workingpattern",
                    when="AFTER",
                ),
            ),
        ),
    ]
