"""An SMS is charged by its parts, and one letter of the wrong alphabet doubles them: by setting it goes without."""

from visita.foundation import gsm
from visita.tenancy import queries, settings
from visita.tenancy.settings import declare

declare("sms_plain", bool, True)


def is_plain() -> bool:
    """Whether the organization has its SMS without such letters. Inside a scope."""
    return bool(settings.value(queries.setting_rows(), "sms_plain"))


def sms(text: str) -> str:
    """The text as it leaves by SMS. Inside a scope."""
    return gsm.plain(text) if is_plain() else text
