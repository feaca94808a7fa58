"""History of rows: pghistory triggers that copy each inserted, updated or deleted state to an event table."""

from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db import models

_M = TypeVar("_M", bound=type[models.Model])


def tracked(*, exclude: tuple[str, ...] = ()) -> Callable[[_M], _M]:
    """Keep every state of the model. No pghistory context: the row's `activity_id` says who and why."""
    tracker: Callable[[_M], _M] = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(exclude),
        context_field=None,  # type: ignore[arg-type]  # documented, the annotation lacks it
    )
    return tracker
