"""A search key is nobody's target, and that its client is there says that its organization is."""

from django.db import migrations

from visita.foundation.walls import implied


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0009_passwords"),
    ]

    operations = [
        implied("clients_searchkey"),
        migrations.RunSQL(
            "ALTER TABLE clients_searchkey DROP CONSTRAINT clients_searchkey_tenant_id",
            "ALTER TABLE clients_searchkey ADD CONSTRAINT clients_searchkey_tenant_id UNIQUE (organization_id, id)",
        ),
    ]
