"""The form of every simple action: one function, two ways to call it."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Generic, ParamSpec, TypeVar

from visita.foundation.scope import scope

P = ParamSpec("P")
R = TypeVar("R")


class Action(Generic[P, R]):
    """`act(organization_id, …)` runs in a durable scope of its own and has committed when it returns.

    `act.here(…)` runs inside a scope that is already open, for work that must commit as one (an import, a demo,
    a booking that registers its client).
    """

    def __init__(self, inner: Callable[P, R]) -> None:
        self.here = inner
        update_wrapper(self, inner)

    def __call__(self, organization_id: int, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with scope(organization_id, durable=True):
            return self.here(*args, **kwargs)
