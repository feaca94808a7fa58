"""Migration operations for what Django cannot say: row-level security and composite foreign keys.

Foreign-key checks pass row-level security, so a plain key could point into another tenant; a key over
`(organization_id, …)` cannot (reliability, C.1). The policies compare with an init-plan, evaluated once a query.
"""

from collections.abc import Mapping

from django.db import migrations

_READ = "ANY ((SELECT string_to_array(nullif(current_setting('app.organizations', true), ''), ',')::bigint[])::bigint[])"
_WRITE = "(SELECT nullif(current_setting('app.organization', true), '')::bigint)"


def wall(
    table: str,
    references: Mapping[str, str] | None = None,
    *,
    target: bool = True,
    organization_key: bool = True,
) -> migrations.RunSQL:
    """Row-level security for `table`, and its composite foreign keys.

    `references` maps a column to the table it points to (by `(organization_id, id)`); `target` gives the table
    the unique key others may point to; `organization_key` ties it to `tenancy_organization`.
    """
    forward, backward = _policies(table), [f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY']
    if target:
        forward.append(
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_tenant_id" UNIQUE (organization_id, id)'
        )
        backward.append(f'ALTER TABLE "{table}" DROP CONSTRAINT "{table}_tenant_id"')
    if organization_key:
        forward.append(
            _key(table, f"{table}_organization_fk", "organization_id", "tenancy_organization", "id")
        )
    for column, other in (references or {}).items():
        pair = f"organization_id, {column}"
        forward.append(_key(table, f"{table}_{column}_fk", pair, other, "organization_id, id"))
    backward = [f'DROP POLICY {name} ON "{table}"' for name in _NAMES] + backward
    return migrations.RunSQL("; ".join(forward), "; ".join(backward))


def foreign_key(table: str, column: str, other: str) -> migrations.RunSQL:
    """A composite foreign key made later than its table (a key from a lower package to one above)."""
    name = f"{table}_{column}_fk"
    return migrations.RunSQL(
        _key(table, name, f"organization_id, {column}", other, "organization_id, id"),
        f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"',
    )


def implied(table: str) -> migrations.RunSQL:
    """Takes the key to `tenancy_organization` away from a table whose other keys imply it: a required composite key
    leads to a row that has it. Worth it where every booking would pay for the check."""
    name = f"{table}_organization_fk"
    return migrations.RunSQL(
        f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"',
        _key(table, name, "organization_id", "tenancy_organization", "id"),
    )


def append_only(table: str) -> migrations.RunSQL:
    """Rows of `table` are evidence: the application may add and read them, never change or delete them.

    The mark stands on the table itself; `tenancy.grants` reads it after each migration.
    """
    return migrations.RunSQL(
        f"COMMENT ON TABLE \"{table}\" IS '{APPEND_ONLY}'", f'COMMENT ON TABLE "{table}" IS NULL'
    )


APPEND_ONLY = "append-only"
_NAMES = ("tenant_read", "tenant_insert", "tenant_update", "tenant_delete")


def _policies(table: str) -> list[str]:
    read, write = f"organization_id = {_READ}", f"organization_id = {_WRITE}"
    return [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'CREATE POLICY tenant_read ON "{table}" FOR SELECT USING ({read})',
        f'CREATE POLICY tenant_insert ON "{table}" FOR INSERT WITH CHECK ({write})',
        f'CREATE POLICY tenant_update ON "{table}" FOR UPDATE USING ({write}) WITH CHECK ({write})',
        f'CREATE POLICY tenant_delete ON "{table}" FOR DELETE USING ({write})',
    ]


def _key(table: str, name: str, columns: str, other: str, targets: str) -> str:
    return (
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" FOREIGN KEY ({columns}) '
        f'REFERENCES "{other}" ({targets}) ON DELETE RESTRICT DEFERRABLE INITIALLY IMMEDIATE'
    )
