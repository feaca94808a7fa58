"""Add a tick-box that clients are asked for before they book."""

from collections.abc import Mapping, Sequence
from typing import Any

from visita.activity.record import record
from visita.catalog import places, policies, verbs, wording
from visita.catalog.asking import Where
from visita.catalog.models import ConsentText
from visita.catalog.reading import CONSENT, read
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.foundation.sequence import next_id


@Action
def add_consent(
    label: Mapping[str, str],
    *,
    actor: Actor,
    body: Mapping[str, str] | None = None,
    file_hash: str = "",
    file_name: str = "",
    where: Sequence[Where] = (),
    **fields: Any,
) -> ConsentText:
    """`label` is the sentence beside the box, with links as `[words](https://…)`; the whole text is `body` or a PDF
    kept before by `documents.keep`. `fields`: purpose, required, position.

    Refuses required, bad_choice (marketing that is required; body and file at once), not_found (file, place).
    """
    values = read(CONSENT, fields)
    policies.freely_given(values.get("purpose", "terms"), values.get("required", True))
    pk = next_id(ConsentText)
    event = record(verbs.CONSENT_ADDED, "consent", pk, actor)
    made = ConsentText.objects.create(pk=pk, activity_id=event, **values)
    words = {"label": label, "body": body or {}, "file_hash": file_hash, "file_name": file_name}
    wording.write(made, words, event)
    places.write(where, consent_id=pk)
    return made
