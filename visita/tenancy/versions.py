"""The version of an organization's rules: what a process remembers of them holds as long as it stands.

Every statement that changes a table the rules are read from gives the organization a new version, in the same
transaction, by a trigger (`changes_rules` in the migrations). A version is a random number, so that one which was rolled
back, or restored from a copy, is never met again. Two who change rules side by side do not wait for each other: each
leaves a row of its own, and the version is all of them together.
"""

from typing import Final

from django.db import migrations

VERSION: Final = """(SELECT string_agg(w.version::text, ',' ORDER BY w.version) FROM tenancy_rulesversion w
  WHERE w.organization_id = %(o)s)"""
"""The version as this statement sees it, a text; NULL where there is none yet. Takes the parameter `o`."""

_FUNCTION = """
CREATE FUNCTION visita_rules_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE here bigint := nullif(current_setting('app.organization', true), '')::bigint;
BEGIN
  IF here IS NOT NULL THEN
    DELETE FROM tenancy_rulesversion WHERE id IN (
      SELECT id FROM tenancy_rulesversion WHERE organization_id = here FOR UPDATE SKIP LOCKED);
    INSERT INTO tenancy_rulesversion (organization_id, version) VALUES (here, gen_random_uuid());
  ELSIF NOT row_security_active('tenancy_rulesversion') THEN -- an owner's hand: it may have been anybody's row
    DELETE FROM tenancy_rulesversion WHERE id IN (SELECT id FROM tenancy_rulesversion FOR UPDATE SKIP LOCKED);
    INSERT INTO tenancy_rulesversion (organization_id, version)
      SELECT id, gen_random_uuid() FROM tenancy_organization;
  END IF;
  RETURN NULL;
END $$"""


def function() -> migrations.RunSQL:
    """The function of the triggers, and a first version for every organization there is."""
    first = """INSERT INTO tenancy_rulesversion (organization_id, version)
      SELECT id, gen_random_uuid() FROM tenancy_organization"""
    return migrations.RunSQL([_FUNCTION, first], "DROP FUNCTION visita_rules_changed()")


def changes_rules(*tables: str) -> migrations.RunSQL:
    """Triggers on tables that rules are read from: once for each statement, however many rows it changes."""
    return migrations.RunSQL(
        [
            f'CREATE TRIGGER rules_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION visita_rules_changed()"
            for table in tables
        ],
        [f'DROP TRIGGER rules_changed ON "{table}"' for table in tables],
    )
