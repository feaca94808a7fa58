"""Learn anew from the organization's own past how likely visits are missed."""

from visita.bookings import risk
from visita.foundation.action import Action
from visita.foundation.actor import SYSTEM, Actor
from visita.tenancy import queries, settings
from visita.tenancy.actions import set_setting


@Action
def fit_risk(*, actor: Actor = SYSTEM) -> risk.Model:
    """Count the past visits and keep the figures; once a day is enough. Nothing is written where nothing changed."""
    counts = risk.counted()
    if counts != settings.value(queries.setting_rows(), risk.COUNTS):
        set_setting.here(risk.COUNTS, counts, actor=actor)
    return risk.fitted(counts["of"], counts["missed"])
