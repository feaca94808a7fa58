"""Model instances read by prepared statements: for the few rows that stand before every page.

The framework builds each statement anew and takes ten times as long over it as the server does to answer.
"""

import json
from functools import cache, partial
from typing import TypeVar

from django.db.models import JSONField, Model

from visita.foundation.database.statements import Values
from visita.foundation.prepared import Question, Rows, ask

M = TypeVar("M", bound=Model)


def question(model: type[M], where: str, values: Values = ()) -> Question[list[M]]:
    """The instances of `model` that fulfil `where` (SQL with places, ordering and limit too). Adds no scope of its own."""
    return Question(_select(model, where), values, partial(_read, model))


def all_of(model: type[M], where: str, values: Values = ()) -> list[M]:
    """The instances at once."""
    return ask(question(model, where, values))


def one(model: type[M], where: str, values: Values = ()) -> M | None:
    """The first of them."""
    found = all_of(model, where, values)
    return found[0] if found else None


@cache
def _select(model: type[Model], where: str) -> str:
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    return f'SELECT {columns} FROM "{model._meta.db_table}" WHERE {where}'


@cache
def _shape(model: type[Model]) -> tuple[list[str], list[int]]:
    """The attributes' names, and where JSON stands (the framework's connections leave it as text)."""
    fields = model._meta.concrete_fields
    texts = [at for at, field in enumerate(fields) if isinstance(field, JSONField)]
    return [field.attname for field in fields], texts


def _read(model: type[M], rows: Rows) -> list[M]:
    names, texts = _shape(model)
    found = []
    for row in rows:
        values = list(row)
        for at in texts:
            if isinstance(values[at], str):
                values[at] = json.loads(values[at])
        found.append(model.from_db("default", names, values))
    return found
