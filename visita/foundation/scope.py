"""The tenant scope: which organization the running code acts for, told to Python and to PostgreSQL.

Row-level security reads `app.organization` (writes) and `app.organizations` (reads); both are set for the
transaction only, so a pooled connection never carries a tenant over (design, section 5).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from visita.foundation import prepared

_current: ContextVar[int | None] = ContextVar("visita_scope", default=None)
_joined: ContextVar[bool] = ContextVar("visita_joined", default=False)

_SET = """
SELECT set_config('app.organization', %(here)s::text, true), set_config('app.organizations', %(here)s::text, true)"""


class NoScope(RuntimeError):
    """A tenant's table was asked for outside `with scope(organization)`."""


def current() -> int:
    """The organization's id of the running scope; raises NoScope outside one."""
    organization = _current.get()
    if organization is None:
        raise NoScope("this query needs `with scope(organization):` around it")
    return organization


@contextmanager
def scope(organization: int, *, durable: bool = False) -> Iterator[None]:
    """Run the block in one transaction that sees and writes one organization only.

    Entering the same organization again is free and opens no savepoint; another organization gets a savepoint
    and the former values come back on leaving. `durable` insists on being outermost: an action's commit must be
    a real one before it answers.
    """
    if _current.get() == organization and connection.in_atomic_block and not durable:
        yield
        return
    nested = connection.in_atomic_block
    with transaction.atomic(durable=durable and not _joined.get()):
        _tell(organization)
        token = _current.set(organization)
        try:
            yield
        finally:
            _current.reset(token)
        if nested:  # a real commit forgets the settings by itself
            _tell(_current.get())


@contextmanager
def joined() -> Iterator[None]:
    """What is done inside commits with the running scope or not at all: a durable scope in here is a savepoint of it.

    For whoever keeps an answer beside an effect that is none of its own.
    """
    token = _joined.set(True)
    try:
        yield
    finally:
        _joined.reset(token)


def _tell(organization: int | None) -> None:
    """Travels with the first question: nothing is seen or written before it."""
    prepared.ahead(_SET, {"here": "" if organization is None else str(int(organization))}, alone=False)
