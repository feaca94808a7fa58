"""Refusals about visits that a change of working time leaves outside."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from visita.foundation.errors import Refusal


def visits_stranded(token: str, visits: list[dict[str, Any]]) -> Refusal:
    """409: the change of working time would leave visits outside; the same request with `agreed` = `token` makes it."""
    message = ngettext_lazy(
        "%(count)s visit would be left outside working time. Nothing was changed: say what becomes of it.",
        "%(count)s visits would be left outside working time. Nothing was changed: say what becomes of them.",
        "count",
    ) % {"count": len(visits)}
    return Refusal("visits_stranded", 409, message, token=token, visits=visits)


def choice_over() -> Refusal:
    """410: the times kept for the client to choose from are kept no more."""
    message = _(
        "These times are not kept for you any more. Your visit stays where it is; call us to move it."
    )
    return Refusal("choice_over", 410, message)
