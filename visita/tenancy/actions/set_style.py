"""Set the font and the extra style sheet of the client pages."""

from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.tenancy import look
from visita.tenancy.actions.set_setting import set_setting


@Action
def set_style(font: str, sheet: str, *, actor: Actor) -> None:
    """Refuses style_invalid, bad_setting for a font that is not among `look.FONTS`."""
    set_setting.here(look.FONT, font, actor=actor)
    set_setting.here(look.STYLE, look.style(sheet.replace("\r\n", "\n")), actor=actor)
