"""Change a tick-box; other words are another version, and what was accepted before stays what it was."""

from collections.abc import Sequence
from typing import Any

from visita.activity.record import record
from visita.catalog import places, policies, verbs, wording
from visita.catalog.asking import Where
from visita.catalog.errors import not_found
from visita.catalog.models import ConsentText
from visita.catalog.reading import CONSENT, WORDING, read
from visita.foundation.action import Action
from visita.foundation.actor import Actor


@Action
def change_consent(
    consent_id: int, changes: dict[str, Any], *, actor: Actor, where: Sequence[Where] | None = None
) -> ConsentText:
    """`changes`: purpose, required, position, and the words (label, body, file_hash, file_name), each as added.

    Only changed words raise the version. Refuses not_found, required, bad_choice.
    """
    words = {name: value for name, value in changes.items() if name in WORDING}
    values = read(CONSENT, {name: value for name, value in changes.items() if name not in words})
    consent = (
        ConsentText.objects.select_for_update(no_key=True).filter(pk=consent_id, archived_at=None).first()
    )
    if consent is None:
        raise not_found()
    former = wording.present(consent)
    for name, value in values.items():
        setattr(consent, name, value)
    policies.freely_given(consent.purpose, consent.required)
    consent.version += bool(words)
    event = record(verbs.CONSENT_CHANGED, "consent", consent_id, actor, {"fields": sorted(changes)})
    consent.activity_id = event
    consent.save()
    if words:
        wording.write(consent, {**former, **words}, event)
    if where is not None:
        places.write(where, consent_id=consent_id)
    return consent
