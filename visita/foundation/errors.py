"""Refusals: the one way the system says no. Codes and statuses are those of the table of bad input."""

from typing import Any


class Refusal(Exception):
    """A request that is understood and refused; nothing was written.

    `code` is for programs and never translated, `status` the HTTP status, `message` for people (a lazy gettext
    text: what happened, what is kept, what to do), `field` the input it belongs to, `extra` facts for the
    answer (JSON-ready, for example `alternatives`).
    """

    def __init__(
        self, code: str, status: int, message: Any, *, field: str | None = None, **extra: Any
    ) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.message = message
        self.field = field
        self.extra = extra

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class Refusals(Refusal):
    """Several refused fields at once (422); `all` holds one Refusal each."""

    def __init__(self, refusals: list[Refusal]) -> None:
        first = refusals[0]
        super().__init__(first.code, 422, first.message, field=first.field)
        self.all = refusals
