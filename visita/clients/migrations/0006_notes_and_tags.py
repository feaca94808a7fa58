"""Notes about clients, tags to sort them by, and the list of clients by name."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import visita.foundation.clock
import visita.foundation.scope
from visita.foundation.walls import wall


class Migration(migrations.Migration):
    """Three tables with their history, and an index."""

    dependencies = [
        ("clients", "0005_names_in_one_piece"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClientNote",
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
                ("client_id", models.BigIntegerField()),
                ("text", models.TextField()),
                ("author_id", models.BigIntegerField(null=True)),
                ("author", models.CharField(max_length=200)),
                ("made", models.DateTimeField(default=visita.foundation.clock.now)),
                ("changed", models.DateTimeField(null=True)),
                ("version", models.IntegerField(default=1)),
                ("archived_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ClientNoteEvent",
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
                ("client_id", models.BigIntegerField()),
                ("text", models.TextField()),
                ("author_id", models.BigIntegerField(null=True)),
                ("author", models.CharField(max_length=200)),
                ("made", models.DateTimeField(default=visita.foundation.clock.now)),
                ("changed", models.DateTimeField(null=True)),
                ("version", models.IntegerField(default=1)),
                ("archived_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ClientTag",
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
                ("client_id", models.BigIntegerField()),
                ("tag_id", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="ClientTagEvent",
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
                ("client_id", models.BigIntegerField()),
                ("tag_id", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Tag",
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
                ("name", models.CharField(max_length=40)),
                ("folded", models.CharField(max_length=60)),
                (
                    "color",
                    models.CharField(
                        choices=[
                            ("grey", "Grey"),
                            ("blue", "Blue"),
                            ("green", "Green"),
                            ("amber", "Amber"),
                            ("red", "Red"),
                            ("violet", "Violet"),
                        ],
                        default="grey",
                        max_length=8,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TagEvent",
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
                ("name", models.CharField(max_length=40)),
                ("folded", models.CharField(max_length=60)),
                (
                    "color",
                    models.CharField(
                        choices=[
                            ("grey", "Grey"),
                            ("blue", "Blue"),
                            ("green", "Green"),
                            ("amber", "Amber"),
                            ("red", "Red"),
                            ("violet", "Violet"),
                        ],
                        default="grey",
                        max_length=8,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="client",
            index=models.Index(
                fields=["organization_id", "last_name", "first_name", "id"], name="client_name"
            ),
        ),
        migrations.AddIndex(
            model_name="clientnote",
            index=models.Index(fields=["organization_id", "client_id", "id"], name="client_note_of"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clientnote",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "clients_clientnoteevent" ("activity_id", "archived_at", "author", "author_id", "changed", "client_id", "id", "made", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "version") VALUES (NEW."activity_id", NEW."archived_at", NEW."author", NEW."author_id", NEW."changed", NEW."client_id", NEW."id", NEW."made", NEW."organization_id", NOW(), \'insert\', NEW."id", NEW."text", NEW."version"); RETURN NULL;',
                    hash="d2e8c1706dd6346dce4bdfa3b63c47ee05da2757",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_76edd",
                    table="clients_clientnote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clientnote",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "clients_clientnoteevent" ("activity_id", "archived_at", "author", "author_id", "changed", "client_id", "id", "made", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "version") VALUES (NEW."activity_id", NEW."archived_at", NEW."author", NEW."author_id", NEW."changed", NEW."client_id", NEW."id", NEW."made", NEW."organization_id", NOW(), \'update\', NEW."id", NEW."text", NEW."version"); RETURN NULL;',
                    hash="935eaaf0e9cbdd54517222c550c405725922bdea",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e7752",
                    table="clients_clientnote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clientnote",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "clients_clientnoteevent" ("activity_id", "archived_at", "author", "author_id", "changed", "client_id", "id", "made", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "version") VALUES (OLD."activity_id", OLD."archived_at", OLD."author", OLD."author_id", OLD."changed", OLD."client_id", OLD."id", OLD."made", OLD."organization_id", NOW(), \'delete\', OLD."id", OLD."text", OLD."version"); RETURN NULL;',
                    hash="64cd9528daca3ea21d0edfcb5abc789947948168",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_6dca2",
                    table="clients_clientnote",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="clientnoteevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="clients.clientnote",
            ),
        ),
        migrations.AddIndex(
            model_name="clienttag",
            index=models.Index(fields=["organization_id", "client_id"], name="client_tag_of"),
        ),
        migrations.AddConstraint(
            model_name="clienttag",
            constraint=models.UniqueConstraint(
                fields=("organization_id", "tag_id", "client_id"), name="client_tag_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clienttag",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "clients_clienttagevent" ("activity_id", "client_id", "id", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tag_id") VALUES (NEW."activity_id", NEW."client_id", NEW."id", NEW."organization_id", NOW(), \'insert\', NEW."id", NEW."tag_id"); RETURN NULL;',
                    hash="8e95a3f25e2a050dbf52d3e1313e3447ec411af7",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f3648",
                    table="clients_clienttag",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clienttag",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "clients_clienttagevent" ("activity_id", "client_id", "id", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tag_id") VALUES (NEW."activity_id", NEW."client_id", NEW."id", NEW."organization_id", NOW(), \'update\', NEW."id", NEW."tag_id"); RETURN NULL;',
                    hash="a0fbe50d87461d05dc116932d068cf4b9b579194",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2a73b",
                    table="clients_clienttag",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clienttag",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "clients_clienttagevent" ("activity_id", "client_id", "id", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tag_id") VALUES (OLD."activity_id", OLD."client_id", OLD."id", OLD."organization_id", NOW(), \'delete\', OLD."id", OLD."tag_id"); RETURN NULL;',
                    hash="5372f5c768a756f89a7e535d8ca2967b0f16b8ea",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f63bb",
                    table="clients_clienttag",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="clienttagevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="clients.clienttag",
            ),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.UniqueConstraint(fields=("organization_id", "folded"), name="tag_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tag",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "clients_tagevent" ("activity_id", "color", "folded", "id", "name", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."activity_id", NEW."color", NEW."folded", NEW."id", NEW."name", NEW."organization_id", NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="30c707b9a2b3450dec597f93ec51aebc0bd18c21",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_20baf",
                    table="clients_tag",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tag",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "clients_tagevent" ("activity_id", "color", "folded", "id", "name", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."activity_id", NEW."color", NEW."folded", NEW."id", NEW."name", NEW."organization_id", NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="62cf7fc9c2a8ae79c74608a691ce9373b199c0f4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_82984",
                    table="clients_tag",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tag",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "clients_tagevent" ("activity_id", "color", "folded", "id", "name", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."activity_id", OLD."color", OLD."folded", OLD."id", OLD."name", OLD."organization_id", NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="cf4493a2fee15a3904e302508ee065fdfb95bd05",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_df563",
                    table="clients_tag",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="tagevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="clients.tag",
            ),
        ),
        wall("clients_clientnote", {"client_id": "clients_client"}),
        wall("clients_clientnoteevent", target=False, organization_key=False),
        wall("clients_tag"),
        wall("clients_tagevent", target=False, organization_key=False),
        wall("clients_clienttag", {"client_id": "clients_client", "tag_id": "clients_tag"}),
        wall("clients_clienttagevent", target=False, organization_key=False),
    ]
