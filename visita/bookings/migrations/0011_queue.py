"""The queue of a day, its numbers, and the screens of the waiting room."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import visita.foundation.clock
import visita.foundation.scope
from visita.foundation.walls import wall


class Migration(migrations.Migration):
    """Three tables with their walls."""

    dependencies = [
        ("bookings", "0010_waitlist"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeviceEvent",
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
                ("kind", models.CharField(choices=[("screen", "Screen"), ("kiosk", "Kiosk")], max_length=8)),
                ("name", models.CharField(max_length=80)),
                ("names", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField(default=visita.foundation.clock.now)),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="QueueDay",
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
                ("location_id", models.BigIntegerField()),
                ("date", models.DateField()),
                ("last", models.IntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Ticket",
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
                ("date", models.DateField()),
                ("number", models.IntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("called", "Called"),
                            ("served", "Served"),
                            ("no_answer", "No Answer"),
                            ("left", "Left"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("client_id", models.BigIntegerField(null=True)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("visit_id", models.BigIntegerField(null=True)),
                ("booked", models.BooleanField(default=False)),
                ("service_id", models.BigIntegerField()),
                ("resource_id", models.BigIntegerField(null=True)),
                ("to_id", models.BigIntegerField(null=True)),
                ("due", models.IntegerField()),
                ("rank", models.FloatField()),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("low", models.IntegerField(null=True)),
                ("high", models.IntegerField(null=True)),
                ("source", models.CharField(max_length=32)),
                ("arrived_at", models.DateTimeField(default=visita.foundation.clock.now)),
                ("called_at", models.DateTimeField(null=True)),
                ("started_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="TicketEvent",
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
                ("date", models.DateField()),
                ("number", models.IntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("called", "Called"),
                            ("served", "Served"),
                            ("no_answer", "No Answer"),
                            ("left", "Left"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("client_id", models.BigIntegerField(null=True)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("visit_id", models.BigIntegerField(null=True)),
                ("booked", models.BooleanField(default=False)),
                ("service_id", models.BigIntegerField()),
                ("resource_id", models.BigIntegerField(null=True)),
                ("to_id", models.BigIntegerField(null=True)),
                ("due", models.IntegerField()),
                ("rank", models.FloatField()),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("low", models.IntegerField(null=True)),
                ("high", models.IntegerField(null=True)),
                ("source", models.CharField(max_length=32)),
                ("arrived_at", models.DateTimeField(default=visita.foundation.clock.now)),
                ("called_at", models.DateTimeField(null=True)),
                ("started_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Device",
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
                ("kind", models.CharField(choices=[("screen", "Screen"), ("kiosk", "Kiosk")], max_length=8)),
                ("name", models.CharField(max_length=80)),
                ("token_hash", models.CharField(max_length=64)),
                ("names", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField(default=visita.foundation.clock.now)),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["organization_id", "token_hash"], name="device_token")],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="device",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "bookings_deviceevent" ("activity_id", "id", "kind", "location_id", "made_at", "name", "names", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at") VALUES (NEW."activity_id", NEW."id", NEW."kind", NEW."location_id", NEW."made_at", NEW."name", NEW."names", NEW."organization_id", NOW(), \'insert\', NEW."id", NEW."revoked_at"); RETURN NULL;',
                    hash="ee28c6a0839db7e72f35e4a8a856ed62c584e02b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_44601",
                    table="bookings_device",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="device",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."activity_id" IS DISTINCT FROM (NEW."activity_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."location_id" IS DISTINCT FROM (NEW."location_id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."names" IS DISTINCT FROM (NEW."names") OR OLD."organization_id" IS DISTINCT FROM (NEW."organization_id") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at"))',
                    func='INSERT INTO "bookings_deviceevent" ("activity_id", "id", "kind", "location_id", "made_at", "name", "names", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at") VALUES (NEW."activity_id", NEW."id", NEW."kind", NEW."location_id", NEW."made_at", NEW."name", NEW."names", NEW."organization_id", NOW(), \'update\', NEW."id", NEW."revoked_at"); RETURN NULL;',
                    hash="57e2fb34b67a26ac9e2fce7524cfc0563b619ab4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6bc9b",
                    table="bookings_device",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="device",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "bookings_deviceevent" ("activity_id", "id", "kind", "location_id", "made_at", "name", "names", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at") VALUES (OLD."activity_id", OLD."id", OLD."kind", OLD."location_id", OLD."made_at", OLD."name", OLD."names", OLD."organization_id", NOW(), \'delete\', OLD."id", OLD."revoked_at"); RETURN NULL;',
                    hash="2b01d9be220b9b337f6a32231f7a60b326bf177c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c7af1",
                    table="bookings_device",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="deviceevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="bookings.device",
            ),
        ),
        migrations.AddConstraint(
            model_name="queueday",
            constraint=models.UniqueConstraint(
                fields=("organization_id", "location_id", "date"), name="queue_day_once"
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["organization_id", "visit_id"], name="ticket_visit"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["organization_id", "service_id", "date"], name="ticket_service"),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.UniqueConstraint(
                fields=("organization_id", "location_id", "date", "number"), name="ticket_number_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ticket",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "bookings_ticketevent" ("activity_id", "arrived_at", "booked", "called_at", "client_id", "date", "due", "high", "id", "location_id", "low", "name", "number", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "reason", "resource_id", "service_id", "source", "started_at", "state", "to_id", "visit_id") VALUES (NEW."activity_id", NEW."arrived_at", NEW."booked", NEW."called_at", NEW."client_id", NEW."date", NEW."due", NEW."high", NEW."id", NEW."location_id", NEW."low", NEW."name", NEW."number", NEW."organization_id", NOW(), \'insert\', NEW."id", NEW."rank", NEW."reason", NEW."resource_id", NEW."service_id", NEW."source", NEW."started_at", NEW."state", NEW."to_id", NEW."visit_id"); RETURN NULL;',
                    hash="5efa332fdbe48e4ee05eda33798c598c06a07021",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_49254",
                    table="bookings_ticket",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ticket",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "bookings_ticketevent" ("activity_id", "arrived_at", "booked", "called_at", "client_id", "date", "due", "high", "id", "location_id", "low", "name", "number", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "reason", "resource_id", "service_id", "source", "started_at", "state", "to_id", "visit_id") VALUES (NEW."activity_id", NEW."arrived_at", NEW."booked", NEW."called_at", NEW."client_id", NEW."date", NEW."due", NEW."high", NEW."id", NEW."location_id", NEW."low", NEW."name", NEW."number", NEW."organization_id", NOW(), \'update\', NEW."id", NEW."rank", NEW."reason", NEW."resource_id", NEW."service_id", NEW."source", NEW."started_at", NEW."state", NEW."to_id", NEW."visit_id"); RETURN NULL;',
                    hash="17ed15f559d1330010a145ddbf59265411c4857e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e4709",
                    table="bookings_ticket",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ticket",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "bookings_ticketevent" ("activity_id", "arrived_at", "booked", "called_at", "client_id", "date", "due", "high", "id", "location_id", "low", "name", "number", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "reason", "resource_id", "service_id", "source", "started_at", "state", "to_id", "visit_id") VALUES (OLD."activity_id", OLD."arrived_at", OLD."booked", OLD."called_at", OLD."client_id", OLD."date", OLD."due", OLD."high", OLD."id", OLD."location_id", OLD."low", OLD."name", OLD."number", OLD."organization_id", NOW(), \'delete\', OLD."id", OLD."rank", OLD."reason", OLD."resource_id", OLD."service_id", OLD."source", OLD."started_at", OLD."state", OLD."to_id", OLD."visit_id"); RETURN NULL;',
                    hash="a9895ce3ecf0545e61c15d5c68347bec08e839f3",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_234de",
                    table="bookings_ticket",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="ticketevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="bookings.ticket",
            ),
        ),
        wall("bookings_queueday", {"location_id": "tenancy_location"}, target=False),
        wall(
            "bookings_ticket",
            {
                "location_id": "tenancy_location",
                "client_id": "clients_client",
                "visit_id": "bookings_visit",
                "service_id": "catalog_service",
                "resource_id": "scheduling_resource",
                "to_id": "scheduling_resource",
            },
        ),
        wall("bookings_device", {"location_id": "tenancy_location"}),
        wall("bookings_ticketevent", target=False, organization_key=False),
        wall("bookings_deviceevent", target=False, organization_key=False),
    ]
