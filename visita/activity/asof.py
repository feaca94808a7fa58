"""Rows of a tracked table as they were at a moment, read from the history that triggers keep of them."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import JSONField, Model

from visita.foundation import scope

# Acts have their own time: what an import or a demo did "in the past" was so then. The act that took a row away was marked
# on it just before, in the same transaction; where it was not, the row went when its history was written.
_ROWS = """
SELECT * FROM (
  SELECT DISTINCT ON (e.pgh_obj_id) e.pgh_obj_id, e.pgh_label, {columns} FROM {table}event e
  LEFT JOIN activity_activity a ON a.organization_id = e.organization_id AND a.id = e.activity_id
  WHERE e.organization_id = %(o)s AND {which} AND %(moment)s >= CASE
    WHEN a.at IS NULL OR e.pgh_label = 'delete' AND NOT EXISTS (SELECT 1 FROM {table}event m
      WHERE m.organization_id = e.organization_id AND m.pgh_obj_id = e.pgh_obj_id AND m.pgh_label = 'update'
        AND m.activity_id = e.activity_id AND m.pgh_created_at = e.pgh_created_at)
    THEN e.pgh_created_at ELSE a.at END
  ORDER BY e.pgh_obj_id, e.pgh_id DESC) last WHERE pgh_label <> 'delete'"""


def rows(
    model: type[Model], columns: Sequence[str], which: str, values: Mapping[str, Any], moment: datetime
) -> dict[int, dict[str, Any]]:
    """The columns of each row by its id, as they were at the moment; rows not made yet, or gone by then, are missing.

    `which` is a condition on the history `e`, its values named as in `%(ids)s`. One statement; inside a scope.
    """
    named = ", ".join(f'e."{name}"' for name in columns)
    statement = _ROWS.format(table=model._meta.db_table, which=which, columns=named)
    as_json = {name for name in columns if isinstance(model._meta.get_field(name), JSONField)}
    with connection.cursor() as cursor:
        cursor.execute(statement, {**values, "o": scope.current(), "moment": moment})
        return {
            pk: {
                name: json.loads(value) if name in as_json and isinstance(value, str) else value
                for name, value in zip(columns, row, strict=True)
            }
            for pk, _label, *row in cursor.fetchall()
        }


def by_id(
    model: type[Model], columns: Sequence[str], ids: set[int], moment: datetime
) -> dict[int, dict[str, Any]]:
    """The same of these rows."""
    return rows(model, columns, "e.pgh_obj_id = ANY(%(ids)s)", {"ids": sorted(ids)}, moment)


Step = tuple[dict[str, Any], dict[str, Any]]
"""The columns of a row before an act and after it."""


def steps(model: type[Model], acts: Mapping[int, int], columns: Sequence[str]) -> dict[int, Step]:
    """What each act changed of its row (`acts`: the row's id by the act's); those that changed none are missing. One
    statement; inside a scope."""
    events = apps.get_model(model._meta.app_label, f"{model.__name__}Event")
    told = events.objects.filter(pgh_obj_id__in=set(acts.values())).order_by("pgh_id")
    before: dict[int, dict[str, Any]] = {}
    found: dict[int, Step] = {}
    for row in told.values("pgh_obj_id", "activity_id", *columns):
        pk, act, state = row["pgh_obj_id"], row["activity_id"], {name: row[name] for name in columns}
        if act in found:
            found[act] = found[act][0], state
        elif acts.get(act) == pk and pk in before:
            found[act] = before[pk], state
        before[pk] = state
    return found
