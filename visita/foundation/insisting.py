"""What a statement insists on by itself: where it does not hold, the statement fails like one that broke a constraint.

So nobody has to read its answer before the next one is sent, and nothing is committed behind it.
"""

from typing import Final

from django.db import IntegrityError, migrations

_FUNCTION: Final = """
CREATE FUNCTION visita_broken(what text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'broken: %', what USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = what;
END $$"""


def broken(name: str) -> str:
    """An SQL expression that raises an IntegrityError of that name when it is evaluated; stands in a CASE."""
    return f"visita_broken('{name}')"


def what_broke(error: IntegrityError) -> str:
    """The name of the condition, or of the constraint; empty where there is none."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""


def function() -> migrations.RunSQL:
    """The function behind `broken`."""
    return migrations.RunSQL(_FUNCTION, "DROP FUNCTION visita_broken(text)")
