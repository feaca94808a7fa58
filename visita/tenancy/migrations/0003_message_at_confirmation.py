"""A message at the step where a booking is confirmed."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    """A column of the profile."""

    dependencies = [
        ("tenancy", "0002_walls"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="profile",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="profile",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="profile",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="profile",
            name="confirmation",
            field=models.JSONField(db_default={}, default=dict),
        ),
        migrations.AddField(
            model_name="profileevent",
            name="confirmation",
            field=models.JSONField(db_default={}, default=dict),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="profile",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tenancy_profileevent" ("accent", "activity_id", "confirmation", "country", "currency", "email", "id", "language", "languages", "name", "notice", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "policy", "trade") VALUES (NEW."accent", NEW."activity_id", NEW."confirmation", NEW."country", NEW."currency", NEW."email", NEW."id", NEW."language", NEW."languages", NEW."name", NEW."notice", NEW."organization_id", NOW(), \'insert\', NEW."id", NEW."phone", NEW."policy", NEW."trade"); RETURN NULL;',
                    hash="def143ee9d1065bab60f413c09181ae3eeeacd7f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1cb6a",
                    table="tenancy_profile",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="profile",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "tenancy_profileevent" ("accent", "activity_id", "confirmation", "country", "currency", "email", "id", "language", "languages", "name", "notice", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "policy", "trade") VALUES (NEW."accent", NEW."activity_id", NEW."confirmation", NEW."country", NEW."currency", NEW."email", NEW."id", NEW."language", NEW."languages", NEW."name", NEW."notice", NEW."organization_id", NOW(), \'update\', NEW."id", NEW."phone", NEW."policy", NEW."trade"); RETURN NULL;',
                    hash="3e6065095e982023ef754d51d91804f5e795a2a4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e8169",
                    table="tenancy_profile",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="profile",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tenancy_profileevent" ("accent", "activity_id", "confirmation", "country", "currency", "email", "id", "language", "languages", "name", "notice", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "policy", "trade") VALUES (OLD."accent", OLD."activity_id", OLD."confirmation", OLD."country", OLD."currency", OLD."email", OLD."id", OLD."language", OLD."languages", OLD."name", OLD."notice", OLD."organization_id", NOW(), \'delete\', OLD."id", OLD."phone", OLD."policy", OLD."trade"); RETURN NULL;',
                    hash="1fa1014d9e915dfc8373c5f446353177d66d35fd",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_146cb",
                    table="tenancy_profile",
                    when="AFTER",
                ),
            ),
        ),
    ]
