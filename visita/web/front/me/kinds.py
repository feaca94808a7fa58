"""The kinds of subjects an organization knows: those its clients have."""

from visita.clients.models import Subject
from visita.web.front.place import Place

_MOST = 20


def kinds(_place: Place) -> list[tuple[str, str]]:
    """(kind, word) to choose from; empty where nobody has any yet and the client's own word is taken."""
    known = (
        Subject.objects.filter(archived_at=None).values_list("kind", flat=True).distinct().order_by("kind")
    )
    return [(kind, kind.capitalize()) for kind in known[:_MOST]]
