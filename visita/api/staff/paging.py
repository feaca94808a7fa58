"""Pages by key: a cursor says after which (start, id) to go on; a forged one is refused, never guessed."""

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from visita.api.fields import HIGHEST
from visita.foundation.errors import Refusal

PAGE = 100
_CURSOR = re.compile(r"(-?\d{1,10})\.(\d{1,19})", re.ASCII)
_M = TypeVar("_M", bound=models.Model)


def after(cursor: str) -> tuple[int, int]:
    """The (start minute, id) a cursor stands for; refuses 422 `bad_page`."""
    match = _CURSOR.fullmatch(cursor)
    if match is None or int(match[2]) > HIGHEST or abs(int(match[1])) > 2**31 - 1:
        raise Refusal("bad_page", 422, _("This cursor is none of ours; begin without one."), field="cursor")
    return int(match[1]), int(match[2])


def by_start(rows: "models.QuerySet[_M]", cursor: str) -> list[_M]:
    """One row more than a page, by start and id, after the cursor (empty: from the beginning)."""
    if cursor:
        s, row_id = after(cursor)
        rows = rows.filter(Q(s__gt=s) | Q(s=s, id__gt=row_id))
    return list(rows.order_by("s", "id")[: PAGE + 1])


def by_id(rows: "models.QuerySet[_M]", cursor: str, *, newest: bool = False) -> list[_M]:
    """One row more than a page, by id (`newest` first if asked), after the cursor."""
    if cursor:
        _s, row_id = after(cursor)
        rows = rows.filter(id__lt=row_id) if newest else rows.filter(id__gt=row_id)
    return list(rows.order_by("-id" if newest else "id")[: PAGE + 1])


def page(rows: Sequence[_M], key: Callable[[_M], int] = lambda _row: 0) -> tuple[Sequence[_M], str | None]:
    """The rows of one page, and the cursor of the next (None at the end). `key` gives the sorted minute."""
    if len(rows) <= PAGE:
        return rows, None
    last: Any = rows[PAGE - 1]
    return rows[:PAGE], f"{key(last)}.{last.pk}"
