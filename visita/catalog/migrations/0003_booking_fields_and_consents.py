"""Extra fields of a booking, tick-boxes and their texts; behind the wall from the first migration on."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import visita.foundation.clock
import visita.foundation.scope
from visita.foundation.walls import append_only, wall


class Migration(migrations.Migration):
    """Four tables and two histories."""

    dependencies = [
        ("catalog", "0002_walls"),
        ("tenancy", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="BookingFieldEvent",
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
                ("label", models.JSONField(default=dict)),
                ("hint", models.JSONField(default=dict)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "Text"),
                            ("long_text", "Long Text"),
                            ("choice", "Choice"),
                            ("number", "Number"),
                            ("date", "Date"),
                            ("tick", "Tick"),
                        ],
                        max_length=12,
                    ),
                ),
                ("choices", models.JSONField(default=list)),
                ("required", models.BooleanField(default=False)),
                (
                    "asked_of",
                    models.CharField(
                        choices=[("client", "Client"), ("staff", "Staff"), ("both", "Both")],
                        default="client",
                        max_length=8,
                    ),
                ),
                ("position", models.IntegerField(default=0)),
                ("version", models.IntegerField(default=1)),
                ("archived_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ConsentText",
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
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("terms", "Terms"),
                            ("privacy", "Privacy"),
                            ("cookies", "Cookies"),
                            ("health", "Health"),
                            ("marketing", "Marketing"),
                            ("other", "Other"),
                        ],
                        default="terms",
                        max_length=12,
                    ),
                ),
                ("required", models.BooleanField(default=True)),
                ("position", models.IntegerField(default=0)),
                ("version", models.IntegerField(default=1)),
                ("archived_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="ConsentTextEvent",
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
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("terms", "Terms"),
                            ("privacy", "Privacy"),
                            ("cookies", "Cookies"),
                            ("health", "Health"),
                            ("marketing", "Marketing"),
                            ("other", "Other"),
                        ],
                        default="terms",
                        max_length=12,
                    ),
                ),
                ("required", models.BooleanField(default=True)),
                ("position", models.IntegerField(default=0)),
                ("version", models.IntegerField(default=1)),
                ("archived_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ConsentVersion",
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
                ("consent_id", models.BigIntegerField()),
                ("version", models.IntegerField()),
                ("label", models.JSONField(default=dict)),
                ("body", models.JSONField(default=dict)),
                ("file_hash", models.CharField(blank=True, max_length=64)),
                ("file_name", models.CharField(blank=True, max_length=160)),
                ("made_at", models.DateTimeField(default=visita.foundation.clock.now)),
                ("activity_id", models.BigIntegerField(editable=False, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="AskedWhere",
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
                ("field_id", models.BigIntegerField(null=True)),
                ("consent_id", models.BigIntegerField(null=True)),
                ("location_id", models.BigIntegerField(null=True)),
                ("specialty_id", models.BigIntegerField(null=True)),
                ("service_id", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organization_id", "field_id"], name="asked_where_field"),
                    models.Index(fields=["organization_id", "consent_id"], name="asked_where_consent"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("consent_id__isnull", False), ("field_id", None)),
                            models.Q(("consent_id", None), ("field_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="asked_where_one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BookingField",
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
                ("label", models.JSONField(default=dict)),
                ("hint", models.JSONField(default=dict)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "Text"),
                            ("long_text", "Long Text"),
                            ("choice", "Choice"),
                            ("number", "Number"),
                            ("date", "Date"),
                            ("tick", "Tick"),
                        ],
                        max_length=12,
                    ),
                ),
                ("choices", models.JSONField(default=list)),
                ("required", models.BooleanField(default=False)),
                (
                    "asked_of",
                    models.CharField(
                        choices=[("client", "Client"), ("staff", "Staff"), ("both", "Both")],
                        default="client",
                        max_length=8,
                    ),
                ),
                ("position", models.IntegerField(default=0)),
                ("version", models.IntegerField(default=1)),
                ("archived_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["position", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("archived_at", None)),
                        fields=("organization_id", "code"),
                        name="booking_field_code",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bookingfield",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalog_bookingfieldevent" ("activity_id", "archived_at", "asked_of", "choices", "code", "hint", "id", "kind", "label", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "required", "version") VALUES (NEW."activity_id", NEW."archived_at", NEW."asked_of", NEW."choices", NEW."code", NEW."hint", NEW."id", NEW."kind", NEW."label", NEW."organization_id", NOW(), \'insert\', NEW."id", NEW."position", NEW."required", NEW."version"); RETURN NULL;',
                    hash="2e56115c1328b27f45f2bbc968da123038a816d7",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_004b9",
                    table="catalog_bookingfield",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bookingfield",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "catalog_bookingfieldevent" ("activity_id", "archived_at", "asked_of", "choices", "code", "hint", "id", "kind", "label", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "required", "version") VALUES (NEW."activity_id", NEW."archived_at", NEW."asked_of", NEW."choices", NEW."code", NEW."hint", NEW."id", NEW."kind", NEW."label", NEW."organization_id", NOW(), \'update\', NEW."id", NEW."position", NEW."required", NEW."version"); RETURN NULL;',
                    hash="d5e989a6b0010114d90fd7b06493365db173519d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_dd2bd",
                    table="catalog_bookingfield",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bookingfield",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalog_bookingfieldevent" ("activity_id", "archived_at", "asked_of", "choices", "code", "hint", "id", "kind", "label", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "required", "version") VALUES (OLD."activity_id", OLD."archived_at", OLD."asked_of", OLD."choices", OLD."code", OLD."hint", OLD."id", OLD."kind", OLD."label", OLD."organization_id", NOW(), \'delete\', OLD."id", OLD."position", OLD."required", OLD."version"); RETURN NULL;',
                    hash="dd2532a8ebe6846811bc225b1007f6dcab5deda9",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_82821",
                    table="catalog_bookingfield",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="bookingfieldevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="catalog.bookingfield",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consenttext",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalog_consenttextevent" ("activity_id", "archived_at", "id", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "purpose", "required", "version") VALUES (NEW."activity_id", NEW."archived_at", NEW."id", NEW."organization_id", NOW(), \'insert\', NEW."id", NEW."position", NEW."purpose", NEW."required", NEW."version"); RETURN NULL;',
                    hash="86bd153578e8f50b72a45097680254389cc0a811",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_42379",
                    table="catalog_consenttext",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consenttext",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "catalog_consenttextevent" ("activity_id", "archived_at", "id", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "purpose", "required", "version") VALUES (NEW."activity_id", NEW."archived_at", NEW."id", NEW."organization_id", NOW(), \'update\', NEW."id", NEW."position", NEW."purpose", NEW."required", NEW."version"); RETURN NULL;',
                    hash="b593c7548b18cf3843bb5a9333c8a2a9ec47320b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_09e4a",
                    table="catalog_consenttext",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consenttext",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalog_consenttextevent" ("activity_id", "archived_at", "id", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "purpose", "required", "version") VALUES (OLD."activity_id", OLD."archived_at", OLD."id", OLD."organization_id", NOW(), \'delete\', OLD."id", OLD."position", OLD."purpose", OLD."required", OLD."version"); RETURN NULL;',
                    hash="033191d6fae15b623da528ca7014871d2aea975f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ae0a9",
                    table="catalog_consenttext",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="consenttextevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="catalog.consenttext",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentversion",
            constraint=models.UniqueConstraint(
                fields=("organization_id", "consent_id", "version"), name="consent_version_once"
            ),
        ),
        wall("catalog_bookingfield"),
        wall("catalog_consenttext"),
        wall("catalog_consentversion", {"consent_id": "catalog_consenttext"}),
        wall(
            "catalog_askedwhere",
            {
                "field_id": "catalog_bookingfield",
                "consent_id": "catalog_consenttext",
                "location_id": "tenancy_location",
                "specialty_id": "catalog_specialty",
                "service_id": "catalog_service",
            },
        ),
        wall("catalog_bookingfieldevent", target=False, organization_key=False),
        wall("catalog_consenttextevent", target=False, organization_key=False),
        append_only("catalog_consentversion"),
    ]
