"""Say which sites may show the booking pages in a frame."""

from collections.abc import Iterable

from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.tenancy.actions.set_setting import set_setting
from visita.tenancy.origins import KEY, origins


@Action
def set_embed_origins(values: Iterable[str], *, actor: Actor) -> list[str]:
    """Keep these origins instead of the former ones; refuses origin_invalid, bad_setting where there are too many."""
    read = origins(values)
    set_setting.here(KEY, read, actor=actor)
    return read
