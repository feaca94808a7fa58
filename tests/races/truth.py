"""What the database says afterwards, read by the tables' owner: past the wall, and past everything the code believes."""

from django.db import connections

# Two claims that live on the same seat of the same resource at the same time.
DOUBLES = """
SELECT count(*) FROM scheduling_allocation a JOIN scheduling_allocation b
  ON a.resource_id = b.resource_id AND a.id < b.id AND a.s < b.e AND b.s < a.e AND a.seats && b.seats
WHERE a.organization_id = %s AND a.live AND b.live"""
DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"


def asked(query: str, *values: int | list[str]) -> int:
    """One number."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(query, list(values))
        return int(cursor.fetchone()[0])
