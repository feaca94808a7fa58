"""Ids before their rows: the activity record is written first and names the object it is about."""

from django.db import connection, models


def next_ids(model: type[models.Model], count: int) -> list[int]:
    """`count` fresh ids of the model's own sequence, ascending; unused ones leave a harmless gap."""
    sql = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
    with connection.cursor() as cursor:
        cursor.execute(sql, [model._meta.db_table, count])
        return sorted(int(row[0]) for row in cursor.fetchall())


def next_id(model: type[models.Model]) -> int:
    """One fresh id."""
    return next_ids(model, 1)[0]
