"""Ask for a consent no more; what was accepted stays as proof."""

from visita.activity.record import record
from visita.catalog import verbs
from visita.catalog.errors import not_found
from visita.catalog.models import ConsentText
from visita.foundation import clock
from visita.foundation.action import Action
from visita.foundation.actor import Actor


@Action
def archive_consent(consent_id: int, *, actor: Actor) -> None:
    """Refuses not_found."""
    consent = (
        ConsentText.objects.select_for_update(no_key=True).filter(pk=consent_id, archived_at=None).first()
    )
    if consent is None:
        raise not_found()
    consent.archived_at = clock.now()
    consent.activity_id = record(verbs.CONSENT_ARCHIVED, "consent", consent_id, actor)
    consent.save()
