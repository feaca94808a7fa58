"""Keep a table's view under a name, or let it go."""

from visita.activity.record import record
from visita.foundation import text
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal
from visita.identity import verbs
from visita.identity.errors import not_found, too_many_views
from visita.identity.models import SavedView

MOST = 30  # views one person keeps of one table


@Action
def save_view(user_id: int, table: str, name: str, query: str, *, actor: Actor) -> SavedView:
    """The same name again replaces the view. Refuses too_long, text_invalid, required, too_many_views."""
    name = text.line(name, field="name", limit=60, required=True)
    if len(query) > 2000:
        raise Refusal("too_long", 422, "", field="query", limit=2000)
    mine = SavedView.objects.filter(user_id=user_id, table=table)
    if not mine.filter(name=name).exists() and mine.count() >= MOST:
        raise too_many_views(MOST)
    view, _created = SavedView.objects.update_or_create(
        user_id=user_id, table=table, name=name, defaults={"query": query}
    )
    record(verbs.VIEW_SAVED, "view", view.pk, actor, {"table": table})
    return view


@Action
def remove_view(user_id: int, view_id: int, *, actor: Actor) -> None:
    """Only one's own; refuses not_found."""
    if not SavedView.objects.filter(pk=view_id, user_id=user_id).delete()[0]:
        raise not_found()
    record(verbs.VIEW_REMOVED, "view", view_id, actor)
