"""What the application's role may do: everything but change history, the activity record and the schema.

Run as the owner after each migration; safe to repeat.
"""

from django.db import connections
from psycopg import sql

from visita.foundation.walls import APPEND_ONLY

_EVENTS = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind = 'r'
  AND (obj_description(c.oid, 'pg_class') = %s OR EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'pgh_label' AND NOT a.attisdropped))
"""


def apply_grants(app_role: str, alias: str = "owner") -> None:
    """Grant `app_role` its rights on all tables of the database behind `alias`; append-only where it must be."""
    role = sql.Identifier(app_role)
    with connections[alias].cursor() as cursor:
        cursor.execute(_EVENTS, [APPEND_ONLY])
        append_only = [row[0] for row in cursor.fetchall()]
        for statement in _statements(role, append_only):
            cursor.execute(statement)


def _statements(role: sql.Identifier, append_only: list[str]) -> list[sql.Composed]:
    forms = [
        "GRANT USAGE ON SCHEMA public TO {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
        "REVOKE UPDATE, DELETE ON activity_activity FROM {role}",
        "GRANT UPDATE (dispatched_at) ON activity_activity TO {role}",
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}",
    ]
    statements = [sql.SQL(form).format(role=role) for form in forms]
    revoke = sql.SQL("REVOKE UPDATE, DELETE ON {table} FROM {role}")
    return statements + [revoke.format(table=sql.Identifier(name), role=role) for name in append_only]
