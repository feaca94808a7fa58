"""The kinds of subjects an organization knows: those it names, and else those its clients have."""

from visita.catalog import queries as catalog
from visita.clients.models import Subject
from visita.web.front.place import Place

_MOST = 20


def kinds(place: Place) -> list[tuple[str, str]]:
    """(kind, word) to choose from; empty where nobody has any yet and the client's own word is taken."""
    named = words(place)
    if named:
        return list(named.items())
    known = (
        Subject.objects.filter(archived_at=None).values_list("kind", flat=True).distinct().order_by("kind")
    )
    return [(kind, kind.capitalize()) for kind in known[:_MOST]]


def words(place: Place) -> dict[str, str]:
    """The organization's word for each kind, in the reader's language; a code it does not name is not here."""
    return {kind.code: place.text(kind.name) for kind in catalog.kinds()}
