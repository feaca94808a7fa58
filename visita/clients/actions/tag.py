"""Tags of clients: put on, taken off, and given another name or colour."""

from django.utils.translation import gettext_lazy as _

from visita.activity.record import record
from visita.clients import queries, verbs
from visita.clients.errors import not_found
from visita.clients.matching import fold
from visita.clients.models import ClientTag, Tag, TagColor
from visita.foundation import text
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal
from visita.foundation.sequence import next_id

MOST = 200  # tags of one organization; more sort nothing any more


@Action
def tag(client_id: int, name: str, *, actor: Actor, color: str = "") -> Tag:
    """Put the tag of this name on the client; the first time it is made, in `color`. Twice is once.

    Refuses required, too_long, text_invalid, not_a_choice, too_many_tags, not_found.
    """
    name, client = text.line(name, field="name", limit=40, required=True), queries.present(client_id)
    color = _color(color)
    found = Tag.objects.filter(folded=fold(name)[:60]).first() or _made(name, color, actor)
    if not ClientTag.objects.filter(client_id=client, tag_id=found.pk).exists():
        event = record(verbs.TAGGED, "client", client, actor, {"tag": found.pk})
        ClientTag.objects.get_or_create(client_id=client, tag_id=found.pk, defaults={"activity_id": event})
    return found


@Action
def untag(client_id: int, tag_id: int, *, actor: Actor) -> None:
    """Take the tag off; refuses not_found where the client has none such."""
    client = queries.present(client_id)
    row = ClientTag.objects.filter(client_id=client, tag_id=tag_id).first()
    if row is None:
        raise not_found()
    record(verbs.UNTAGGED, "client", client, actor, {"tag": tag_id})
    row.delete()


@Action
def change_tag(tag_id: int, name: str, color: str, *, actor: Actor) -> Tag:
    """Another name or colour for all who have it. Refuses also tag_taken for another tag's name."""
    name = text.line(name, field="name", limit=40, required=True)
    found = Tag.objects.select_for_update(no_key=True).filter(pk=tag_id).first()
    if found is None:
        raise not_found()
    folded = fold(name)[:60]
    if Tag.objects.filter(folded=folded).exclude(pk=tag_id).exists():
        raise Refusal("tag_taken", 409, _("There is a tag of this name already."), field="name")
    found.name, found.folded, found.color = name, folded, _color(color)
    found.activity_id = record(verbs.TAG_CHANGED, "tag", tag_id, actor)
    found.save()
    return found


def _made(name: str, color: str, actor: Actor) -> Tag:
    if Tag.objects.count() >= MOST:
        raise Refusal(
            "too_many_tags", 422, _("There are too many tags already. Use one of them."), field="name"
        )
    pk = next_id(Tag)
    event = record(verbs.TAG_CHANGED, "tag", pk, actor, {"made": True})
    values = {"pk": pk, "name": name, "color": color, "activity_id": event}
    made, _new = Tag.objects.get_or_create(folded=fold(name)[:60], defaults=values)
    return made


def _color(color: str) -> str:
    if color and color not in TagColor.values:
        raise Refusal("not_a_choice", 422, _("Choose one of the colours."), field="color")
    return color or TagColor.GREY.value
