"""The waitlist: entries, offers, and why something was not offered; whose holds have run out while somebody waits."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import visita.foundation.clock
import visita.foundation.scope
from visita.foundation.walls import wall

# Ids of organizations and nothing else leave it; holds are few, so their partial indexes are read whole.
_RUN_OUT = """
CREATE FUNCTION visita_waited_holds(moment timestamptz) RETURNS TABLE (organization_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT o.id FROM (
    SELECT a.organization_id AS id FROM public.scheduling_allocation a
    WHERE a.hold <> '' AND a.kind = 'hold' AND a.expires_at <= moment
    UNION
    SELECT p.organization_id FROM public.bookings_place p WHERE p.hold <> '' AND p.expires_at <= moment) o
  WHERE EXISTS (SELECT 1 FROM public.bookings_waiting w WHERE w.organization_id = o.id AND w.status = 'waiting')
$$;
REVOKE ALL ON FUNCTION visita_waited_holds(timestamptz) FROM PUBLIC
"""


class Migration(migrations.Migration):
    """Three tables, their walls, and one function that passes them."""

    dependencies = [
        ("bookings", "0009_days_of_the_past"),
    ]

    operations = [
        migrations.CreateModel(
            name="OfferEvent",
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
                ("waiting_id", models.BigIntegerField()),
                ("location_id", models.BigIntegerField()),
                ("s", models.IntegerField()),
                ("e", models.IntegerField()),
                ("parts", models.JSONField()),
                ("hold", models.CharField(blank=True, max_length=64)),
                ("made_at", models.DateTimeField(default=visita.foundation.clock.now)),
                ("expires_at", models.DateTimeField()),
                ("staff", models.BooleanField(default=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("expired", "Expired"),
                            ("lost", "Lost"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Skip",
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
                ("waiting_id", models.BigIntegerField()),
                ("day", models.DateField()),
                ("reason", models.CharField(max_length=24)),
                ("details", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Waiting",
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
                ("location_id", models.BigIntegerField()),
                ("client_id", models.BigIntegerField()),
                ("visit_id", models.BigIntegerField(null=True)),
                ("items", models.JSONField()),
                ("seats", models.SmallIntegerField(default=1)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("weekdays", models.JSONField(default=list)),
                ("parts", models.JSONField(default=list)),
                ("rank", models.SmallIntegerField(default=0)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("booked", "Booked"),
                            ("left", "Left"),
                            ("removed", "Removed"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("source", models.CharField(max_length=32)),
                ("made_at", models.DateTimeField(default=visita.foundation.clock.now)),
                ("booked_id", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="WaitingEvent",
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
                ("location_id", models.BigIntegerField()),
                ("client_id", models.BigIntegerField()),
                ("visit_id", models.BigIntegerField(null=True)),
                ("items", models.JSONField()),
                ("seats", models.SmallIntegerField(default=1)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("weekdays", models.JSONField(default=list)),
                ("parts", models.JSONField(default=list)),
                ("rank", models.SmallIntegerField(default=0)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("booked", "Booked"),
                            ("left", "Left"),
                            ("removed", "Removed"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("source", models.CharField(max_length=32)),
                ("made_at", models.DateTimeField(default=visita.foundation.clock.now)),
                ("booked_id", models.BigIntegerField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Offer",
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
                ("waiting_id", models.BigIntegerField()),
                ("location_id", models.BigIntegerField()),
                ("s", models.IntegerField()),
                ("e", models.IntegerField()),
                ("parts", models.JSONField()),
                ("hold", models.CharField(blank=True, max_length=64)),
                ("made_at", models.DateTimeField(default=visita.foundation.clock.now)),
                ("expires_at", models.DateTimeField()),
                ("staff", models.BooleanField(default=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("expired", "Expired"),
                            ("lost", "Lost"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organization_id", "waiting_id", "id"], name="offer_waiting"),
                    models.Index(
                        condition=models.Q(("status", "open")),
                        fields=["organization_id", "location_id", "s"],
                        name="offer_open",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "open")),
                        fields=("organization_id", "waiting_id"),
                        name="offer_one_open",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="offer",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "bookings_offerevent" ("activity_id", "code", "e", "ended_at", "expires_at", "hold", "id", "location_id", "made_at", "organization_id", "parts", "pgh_created_at", "pgh_label", "pgh_obj_id", "s", "staff", "status", "waiting_id") VALUES (NEW."activity_id", NEW."code", NEW."e", NEW."ended_at", NEW."expires_at", NEW."hold", NEW."id", NEW."location_id", NEW."made_at", NEW."organization_id", NEW."parts", NOW(), \'insert\', NEW."id", NEW."s", NEW."staff", NEW."status", NEW."waiting_id"); RETURN NULL;',
                    hash="bdf5b02a00cf51260d93a57a3c25e1c54cf0c489",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c9750",
                    table="bookings_offer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="offer",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "bookings_offerevent" ("activity_id", "code", "e", "ended_at", "expires_at", "hold", "id", "location_id", "made_at", "organization_id", "parts", "pgh_created_at", "pgh_label", "pgh_obj_id", "s", "staff", "status", "waiting_id") VALUES (NEW."activity_id", NEW."code", NEW."e", NEW."ended_at", NEW."expires_at", NEW."hold", NEW."id", NEW."location_id", NEW."made_at", NEW."organization_id", NEW."parts", NOW(), \'update\', NEW."id", NEW."s", NEW."staff", NEW."status", NEW."waiting_id"); RETURN NULL;',
                    hash="a3b67b4a9ccda742172e46aece32ab334a3aebcb",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6945a",
                    table="bookings_offer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="offer",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "bookings_offerevent" ("activity_id", "code", "e", "ended_at", "expires_at", "hold", "id", "location_id", "made_at", "organization_id", "parts", "pgh_created_at", "pgh_label", "pgh_obj_id", "s", "staff", "status", "waiting_id") VALUES (OLD."activity_id", OLD."code", OLD."e", OLD."ended_at", OLD."expires_at", OLD."hold", OLD."id", OLD."location_id", OLD."made_at", OLD."organization_id", OLD."parts", NOW(), \'delete\', OLD."id", OLD."s", OLD."staff", OLD."status", OLD."waiting_id"); RETURN NULL;',
                    hash="b4661797b50f5378c0053c62feb4fe7dcdd81901",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_14adc",
                    table="bookings_offer",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="offerevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="bookings.offer",
            ),
        ),
        migrations.AddConstraint(
            model_name="skip",
            constraint=models.UniqueConstraint(
                fields=("organization_id", "waiting_id", "day", "reason"), name="skip_once_a_day"
            ),
        ),
        migrations.AddIndex(
            model_name="waiting",
            index=models.Index(
                condition=models.Q(("status", "waiting")),
                fields=["organization_id", "location_id", "last_day"],
                name="waiting_open",
            ),
        ),
        migrations.AddIndex(
            model_name="waiting",
            index=models.Index(fields=["organization_id", "client_id"], name="waiting_client"),
        ),
        migrations.AddConstraint(
            model_name="waiting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "waiting"), ("visit_id__isnull", False)),
                fields=("organization_id", "visit_id"),
                name="waiting_once_a_visit",
            ),
        ),
        migrations.AddConstraint(
            model_name="waiting",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gte", models.F("first_day"))), name="waiting_days"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waiting",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "bookings_waitingevent" ("activity_id", "booked_id", "client_id", "code", "first_day", "id", "items", "last_day", "location_id", "made_at", "note", "organization_id", "parts", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "seats", "source", "status", "visit_id", "weekdays") VALUES (NEW."activity_id", NEW."booked_id", NEW."client_id", NEW."code", NEW."first_day", NEW."id", NEW."items", NEW."last_day", NEW."location_id", NEW."made_at", NEW."note", NEW."organization_id", NEW."parts", NOW(), \'insert\', NEW."id", NEW."rank", NEW."seats", NEW."source", NEW."status", NEW."visit_id", NEW."weekdays"); RETURN NULL;',
                    hash="6cc8b7dac35a2962f60355b22a3e3f8cb3d3e65f",
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
                    func='INSERT INTO "bookings_waitingevent" ("activity_id", "booked_id", "client_id", "code", "first_day", "id", "items", "last_day", "location_id", "made_at", "note", "organization_id", "parts", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "seats", "source", "status", "visit_id", "weekdays") VALUES (NEW."activity_id", NEW."booked_id", NEW."client_id", NEW."code", NEW."first_day", NEW."id", NEW."items", NEW."last_day", NEW."location_id", NEW."made_at", NEW."note", NEW."organization_id", NEW."parts", NOW(), \'update\', NEW."id", NEW."rank", NEW."seats", NEW."source", NEW."status", NEW."visit_id", NEW."weekdays"); RETURN NULL;',
                    hash="51c9e645510708e8b46f2eda30fdb94658fd1b04",
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
                    func='INSERT INTO "bookings_waitingevent" ("activity_id", "booked_id", "client_id", "code", "first_day", "id", "items", "last_day", "location_id", "made_at", "note", "organization_id", "parts", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "seats", "source", "status", "visit_id", "weekdays") VALUES (OLD."activity_id", OLD."booked_id", OLD."client_id", OLD."code", OLD."first_day", OLD."id", OLD."items", OLD."last_day", OLD."location_id", OLD."made_at", OLD."note", OLD."organization_id", OLD."parts", NOW(), \'delete\', OLD."id", OLD."rank", OLD."seats", OLD."source", OLD."status", OLD."visit_id", OLD."weekdays"); RETURN NULL;',
                    hash="3ddd2a3036d3990096048e7ae1a12eb14863ddcb",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5a8d3",
                    table="bookings_waiting",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="waitingevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="bookings.waiting",
            ),
        ),
        wall(
            "bookings_waiting",
            {"location_id": "tenancy_location", "client_id": "clients_client", "visit_id": "bookings_visit"},
        ),
        wall("bookings_offer", {"waiting_id": "bookings_waiting", "location_id": "tenancy_location"}),
        wall("bookings_skip", {"waiting_id": "bookings_waiting"}, target=False),
        wall("bookings_waitingevent", target=False, organization_key=False),
        wall("bookings_offerevent", target=False, organization_key=False),
        migrations.RunSQL(_RUN_OUT, "DROP FUNCTION visita_waited_holds(timestamptz)"),
    ]
