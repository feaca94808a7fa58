"""Promotions: discounted prices with their hours."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import visita.foundation.scope
from visita.foundation.walls import wall


class Migration(migrations.Migration):
    """The table, its history, and the walls around both."""

    dependencies = [
        ("catalog", "0003_booking_fields_and_consents"),
    ]

    operations = [
        migrations.CreateModel(
            name="PromotionEvent",
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
                ("price_minor", models.BigIntegerField(null=True)),
                ("percent", models.SmallIntegerField(null=True)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), default=list, size=None
                    ),
                ),
                ("start", models.SmallIntegerField(default=0)),
                ("end", models.SmallIntegerField(default=1440)),
                ("only", models.BooleanField(default=False)),
                ("archived_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Promotion",
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
                ("service_id", models.BigIntegerField()),
                ("name", models.JSONField(default=dict)),
                ("price_minor", models.BigIntegerField(null=True)),
                ("percent", models.SmallIntegerField(null=True)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), default=list, size=None
                    ),
                ),
                ("start", models.SmallIntegerField(default=0)),
                ("end", models.SmallIntegerField(default=1440)),
                ("only", models.BooleanField(default=False)),
                ("archived_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["valid_from", "id"],
                "indexes": [models.Index(fields=["organization_id", "service_id"], name="promotion_service")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end__lte", 1440), ("start__gte", 0), ("start__lt", models.F("end"))
                        ),
                        name="promotion_hours",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("percent", None), ("price_minor__isnull", False)),
                            models.Q(("percent__gte", 1), ("percent__lte", 100), ("price_minor", None)),
                            _connector="OR",
                        ),
                        name="promotion_price",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="promotion",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalog_promotionevent" ("activity_id", "archived_at", "end", "id", "name", "only", "organization_id", "percent", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_minor", "service_id", "start", "valid_from", "valid_to", "weekdays") VALUES (NEW."activity_id", NEW."archived_at", NEW."end", NEW."id", NEW."name", NEW."only", NEW."organization_id", NEW."percent", NOW(), \'insert\', NEW."id", NEW."price_minor", NEW."service_id", NEW."start", NEW."valid_from", NEW."valid_to", NEW."weekdays"); RETURN NULL;',
                    hash="3ce4c4fe1dca5eb124a012876e56b5bda2f4cf23",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d7615",
                    table="catalog_promotion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="promotion",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "catalog_promotionevent" ("activity_id", "archived_at", "end", "id", "name", "only", "organization_id", "percent", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_minor", "service_id", "start", "valid_from", "valid_to", "weekdays") VALUES (NEW."activity_id", NEW."archived_at", NEW."end", NEW."id", NEW."name", NEW."only", NEW."organization_id", NEW."percent", NOW(), \'update\', NEW."id", NEW."price_minor", NEW."service_id", NEW."start", NEW."valid_from", NEW."valid_to", NEW."weekdays"); RETURN NULL;',
                    hash="3095eb58db4d88835860807db0e1da15ec528136",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8abc2",
                    table="catalog_promotion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="promotion",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalog_promotionevent" ("activity_id", "archived_at", "end", "id", "name", "only", "organization_id", "percent", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_minor", "service_id", "start", "valid_from", "valid_to", "weekdays") VALUES (OLD."activity_id", OLD."archived_at", OLD."end", OLD."id", OLD."name", OLD."only", OLD."organization_id", OLD."percent", NOW(), \'delete\', OLD."id", OLD."price_minor", OLD."service_id", OLD."start", OLD."valid_from", OLD."valid_to", OLD."weekdays"); RETURN NULL;',
                    hash="538847995dbbc028324630ea856014dd8bf09ffc",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7609c",
                    table="catalog_promotion",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="promotionevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="catalog.promotion",
            ),
        ),
        wall("catalog_promotion", {"service_id": "catalog_service"}),
        wall("catalog_promotionevent", target=False, organization_key=False),
    ]
