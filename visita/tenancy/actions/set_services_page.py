"""Keep the organization's own words for its services page."""

from collections.abc import Mapping

from visita.foundation import text
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.tenancy.actions.set_setting import set_setting
from visita.tenancy.markup import LONGEST, clean
from visita.tenancy.settings import declare

KEY = "services_page"
declare(
    KEY,
    dict,
    {},
    0,
    40,
    check=lambda value: all(isinstance(each, str) and clean(each) == each for each in value.values()),
)


@Action
def set_services_page(words: Mapping[str, str], *, actor: Actor) -> dict[str, str]:
    """`{language: HTML}`, cleaned before it is kept; refuses text_invalid, too_long."""
    kept = {tag: clean(html) for tag, html in text.words(words, field=KEY, limit=LONGEST).items()}
    set_setting.here(KEY, kept, actor=actor)
    return kept
