"""The time in which staff may take a change back before its client hears of it: a setting of the organization."""

from datetime import timedelta

from visita.tenancy import queries, settings
from visita.tenancy.settings import declare

declare("notice_delay_seconds", int, 20, 0, 600)


def notice_delay() -> timedelta:
    """Inside a scope."""
    return timedelta(seconds=int(settings.value(queries.setting_rows(), "notice_delay_seconds")))
