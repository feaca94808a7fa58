"""What came with a booking, for the panel: the client's own words, the answers to its fields, the proofs of consent."""

from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from visita.bookings.actions.answer import asked_of
from visita.bookings.journal import ONLINE
from visita.bookings.models import Acceptance, Visit
from visita.foundation import scope
from visita.foundation.errors import Refusal
from visita.web.desk import asking
from visita.web.desk.frame import Frame
from visita.web.front import extra

_WRITTEN = """
SELECT note FROM bookings_visitevent
WHERE organization_id = %s AND pgh_obj_id = %s AND pgh_label = 'insert' ORDER BY pgh_id LIMIT 1"""


def papers(visit: Visit, place: Frame, refusal: Refusal | None = None) -> dict[str, Any]:
    """`written` is what the client wrote while booking, whatever staff noted since; `asked` changes the answers."""
    written = _written(visit) if visit.source in (*ONLINE, "api") else ""
    return {
        "written": written,
        "note": "" if visit.note == written else visit.note,
        "answers": answers(visit, place),
        "asked": asking.questions(place, asked_of(visit), _typed(visit), refusal, "visit"),
        "proofs": Acceptance.objects.filter(visit_id=visit.pk).count(),
    }


def answers(visit: Visit, place: Frame) -> list[tuple[str, str]]:
    """(label, answer) in the order asked, in the words of then."""
    kept = sorted(
        visit.fields.values(), key=lambda each: each.get("position", 0) if isinstance(each, dict) else 0
    )
    return [
        (_words(each.get("label"), place), _answer(each, place)) for each in kept if isinstance(each, dict)
    ]


def _typed(visit: Visit) -> dict[str, Any]:
    """The answers as the form's values."""
    kept = {code: one for code, one in visit.fields.items() if isinstance(one, dict)}
    return {f"{extra.PREFIX}{code}": one.get("value") for code, one in kept.items()}


def _answer(kept: dict[str, Any], place: Frame) -> str:
    if kept.get("value") is True:
        return _("yes")
    return _words(kept.get("shown"), place) if "shown" in kept else str(kept.get("value", ""))


def _words(value: Any, place: Frame) -> str:
    return place.text(value) if isinstance(value, dict) else str(value or "")


def _written(visit: Visit) -> str:
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN, [scope.current(), visit.pk])
        row = cursor.fetchone()
    return str(row[0]) if row else ""
