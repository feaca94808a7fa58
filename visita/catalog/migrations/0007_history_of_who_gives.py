"""Who gives a service and what it needs are kept with their past, like the service itself."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import visita.foundation.scope
from visita.foundation.walls import wall

# What stood until now left no trace: it is taken to have stood since its service was made
_BEGINS = """
INSERT INTO {table}event (pgh_created_at, pgh_label, pgh_obj_id, {columns})
SELECT coalesce(begun.at, now()), 'insert', r.id, {values}
FROM {table} r {joined} LEFT JOIN (
  SELECT e.organization_id, e.pgh_obj_id, min(coalesce(a.at, e.pgh_created_at)) AS at FROM catalog_serviceevent e
  LEFT JOIN activity_activity a ON a.organization_id = e.organization_id AND a.id = e.activity_id
  GROUP BY e.organization_id, e.pgh_obj_id
) begun ON begun.organization_id = r.organization_id AND begun.pgh_obj_id = {service}.service_id"""


def _begun(table: str, *names: str, joined: str = "", service: str = "r") -> migrations.RunSQL:
    columns = ("id", "organization_id", *names)
    said = {
        name: ", ".join(f'{row}"{each}"' for each in columns)
        for name, row in (("columns", ""), ("values", "r."))
    }
    return migrations.RunSQL(
        _BEGINS.format(table=table, joined=joined, service=service, **said), migrations.RunSQL.noop
    )


def _found_by(table: str, column: str) -> migrations.RunSQL:
    name = f"{table}_{column}"
    return migrations.RunSQL(
        f"CREATE INDEX {name} ON {table} (organization_id, {column})", f"DROP INDEX {name}"
    )


class Migration(migrations.Migration):
    """The triggers, the tables they write, the walls around these, and what is known to stand."""

    dependencies = [
        ("catalog", "0006_rules_version"),
        ("activity", "0007_moved"),
    ]

    operations = [
        migrations.CreateModel(
            name="RequirementEvent",
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
                ("service_id", models.BigIntegerField()),
                ("name", models.JSONField(default=dict)),
                ("position", models.SmallIntegerField(default=0)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RequirementResourceEvent",
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
                ("requirement_id", models.BigIntegerField()),
                ("resource_id", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ServiceResourceEvent",
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
                ("service_id", models.BigIntegerField()),
                ("resource_id", models.BigIntegerField()),
                ("minutes", models.SmallIntegerField(null=True)),
                ("price_minor", models.BigIntegerField(null=True)),
                ("online", models.BooleanField(default=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="requirement",
            name="activity_id",
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="requirementresource",
            name="activity_id",
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="serviceresource",
            name="activity_id",
            field=models.BigIntegerField(editable=False, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="requirement",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalog_requirementevent" ("activity_id", "id", "name", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "service_id") VALUES (NEW."activity_id", NEW."id", NEW."name", NEW."organization_id", NOW(), \'insert\', NEW."id", NEW."position", NEW."service_id"); RETURN NULL;',
                    hash="b71f849928b9f051370041a8dbf21f41e78323d8",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c979b",
                    table="catalog_requirement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="requirement",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "catalog_requirementevent" ("activity_id", "id", "name", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "service_id") VALUES (NEW."activity_id", NEW."id", NEW."name", NEW."organization_id", NOW(), \'update\', NEW."id", NEW."position", NEW."service_id"); RETURN NULL;',
                    hash="c62d4c3cfae6593e27251aaa956cedd411cfcc3e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_47f3d",
                    table="catalog_requirement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="requirement",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalog_requirementevent" ("activity_id", "id", "name", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "service_id") VALUES (OLD."activity_id", OLD."id", OLD."name", OLD."organization_id", NOW(), \'delete\', OLD."id", OLD."position", OLD."service_id"); RETURN NULL;',
                    hash="6b6afaf18d4a9a273dcb13633cd096ef3ce9ac1b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8cd7b",
                    table="catalog_requirement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="requirementresource",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalog_requirementresourceevent" ("activity_id", "id", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "requirement_id", "resource_id") VALUES (NEW."activity_id", NEW."id", NEW."organization_id", NOW(), \'insert\', NEW."id", NEW."requirement_id", NEW."resource_id"); RETURN NULL;',
                    hash="866ec75e4642d07619874f0dc8c546477f4a086b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_95ed1",
                    table="catalog_requirementresource",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="requirementresource",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "catalog_requirementresourceevent" ("activity_id", "id", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "requirement_id", "resource_id") VALUES (NEW."activity_id", NEW."id", NEW."organization_id", NOW(), \'update\', NEW."id", NEW."requirement_id", NEW."resource_id"); RETURN NULL;',
                    hash="8c85afa1df6e98ded9cea9f99d26e3d4f2b0a20c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_49914",
                    table="catalog_requirementresource",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="requirementresource",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalog_requirementresourceevent" ("activity_id", "id", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "requirement_id", "resource_id") VALUES (OLD."activity_id", OLD."id", OLD."organization_id", NOW(), \'delete\', OLD."id", OLD."requirement_id", OLD."resource_id"); RETURN NULL;',
                    hash="e1c5cea096b61b2e334ec0204eb792365003bbf6",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_dad4d",
                    table="catalog_requirementresource",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="serviceresource",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalog_serviceresourceevent" ("activity_id", "id", "minutes", "online", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_minor", "resource_id", "service_id") VALUES (NEW."activity_id", NEW."id", NEW."minutes", NEW."online", NEW."organization_id", NOW(), \'insert\', NEW."id", NEW."price_minor", NEW."resource_id", NEW."service_id"); RETURN NULL;',
                    hash="1c5a07c8aeb2d898529f1775bdf64978c68d551b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d13f6",
                    table="catalog_serviceresource",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="serviceresource",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "catalog_serviceresourceevent" ("activity_id", "id", "minutes", "online", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_minor", "resource_id", "service_id") VALUES (NEW."activity_id", NEW."id", NEW."minutes", NEW."online", NEW."organization_id", NOW(), \'update\', NEW."id", NEW."price_minor", NEW."resource_id", NEW."service_id"); RETURN NULL;',
                    hash="c3f4c2d8f69c74ceb844f3246a844a7afab5fac1",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_9ad43",
                    table="catalog_serviceresource",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="serviceresource",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalog_serviceresourceevent" ("activity_id", "id", "minutes", "online", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_minor", "resource_id", "service_id") VALUES (OLD."activity_id", OLD."id", OLD."minutes", OLD."online", OLD."organization_id", NOW(), \'delete\', OLD."id", OLD."price_minor", OLD."resource_id", OLD."service_id"); RETURN NULL;',
                    hash="68dc09d999b559ef9ef81b7f386e94fafda39cf0",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_63987",
                    table="catalog_serviceresource",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="requirementevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="catalog.requirement",
            ),
        ),
        migrations.AddField(
            model_name="requirementresourceevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="catalog.requirementresource",
            ),
        ),
        migrations.AddField(
            model_name="serviceresourceevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="catalog.serviceresource",
            ),
        ),
        _found_by("catalog_serviceresourceevent", "resource_id"),
        _found_by("catalog_serviceresourceevent", "service_id"),
        _found_by("catalog_requirementevent", "service_id"),
        _found_by("catalog_requirementresourceevent", "requirement_id"),
        wall("catalog_serviceresourceevent", target=False, organization_key=False),
        wall("catalog_requirementevent", target=False, organization_key=False),
        wall("catalog_requirementresourceevent", target=False, organization_key=False),
        _begun("catalog_serviceresource", "service_id", "resource_id", "minutes", "price_minor", "online"),
        _begun("catalog_requirement", "service_id", "name", "position"),
        _begun(
            "catalog_requirementresource",
            "requirement_id",
            "resource_id",
            joined="JOIN catalog_requirement q ON q.organization_id = r.organization_id AND q.id = r.requirement_id",
            service="q",
        ),
    ]
