"""A version of each resource's working time, raised by every change of it (a booking compares it under the lock)."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0005_find_long_claims"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="resource",
            name="update_update",
        ),
        migrations.AddField(
            model_name="resource",
            name="hours_version",
            field=models.IntegerField(db_default=1, default=1),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="resource",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."activity_id" IS DISTINCT FROM (NEW."activity_id") OR OLD."archived_at" IS DISTINCT FROM (NEW."archived_at") OR OLD."color" IS DISTINCT FROM (NEW."color") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."in_journal" IS DISTINCT FROM (NEW."in_journal") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."occupation" IS DISTINCT FROM (NEW."occupation") OR OLD."online" IS DISTINCT FROM (NEW."online") OR OLD."organization_id" IS DISTINCT FROM (NEW."organization_id") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func='INSERT INTO "scheduling_resourceevent" ("activity_id", "archived_at", "color", "external_id", "id", "in_journal", "kind", "name", "occupation", "online", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "title", "version") VALUES (NEW."activity_id", NEW."archived_at", NEW."color", NEW."external_id", NEW."id", NEW."in_journal", NEW."kind", NEW."name", NEW."occupation", NEW."online", NEW."organization_id", NOW(), \'update\', NEW."id", NEW."position", NEW."title", NEW."version"); RETURN NULL;',
                    hash="cd8782d7477426600a3ef8be87efa3d2f79f85d7",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bcc1f",
                    table="scheduling_resource",
                    when="AFTER",
                ),
            ),
        ),
    ]
