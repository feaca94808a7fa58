"""Add a booking path: the organization's own, or one behind a link."""

from collections.abc import Mapping, Sequence
from typing import Any

from visita.activity.record import record
from visita.catalog import paths, verbs
from visita.catalog.errors import code_taken
from visita.catalog.models import Path
from visita.catalog.reading import PATH, read
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.foundation.sequence import next_id


@Action
def add_path(
    steps: Sequence[Mapping[str, Any]],
    *,
    actor: Actor,
    link: str = "",
    name: Mapping[str, str] | None = None,
) -> Path:
    """`steps` as in `catalog.paths`; `link` empty is the path of the organization's own page.

    Refuses bad_choice (steps), bad_code, code_taken (the link is used), required.
    """
    fields = read(PATH, {"steps": steps, "name": name or {}})
    link = paths.read_link(link)
    if Path.objects.filter(link=link, archived_at=None).exists():
        raise code_taken()
    pk = next_id(Path)
    event = record(verbs.PATH_ADDED, "path", pk, actor)
    return Path.objects.create(pk=pk, link=link, activity_id=event, **fields)
