"""What a visit keeps of its booking, told to people: answers, and the proofs of what was accepted. All in a scope."""

from dataclasses import dataclass
from typing import Any

from visita.bookings.models import Acceptance
from visita.foundation.words import text


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it was given: `label` and `value` in words, `kind` of its field (empty: kept by an older form).

    `value` of a tick is "true", of a date its ISO form, of a choice its label.
    """

    code: str
    label: str
    kind: str
    value: str


def answers(fields: dict[str, Any], language: str, fallback: str) -> list[Answer]:
    """The answers of `Visit.fields`, in the order they were asked, labels as they were then."""
    rows = [(code, one) for code, one in fields.items() if isinstance(one, dict) and "label" in one]
    rows.sort(key=lambda row: (int(row[1].get("position", 0)), row[0]))
    told = [
        Answer(
            code, text(one["label"], language, fallback) or code, one["kind"], _value(one, language, fallback)
        )
        for code, one in rows
    ]
    return told + [
        Answer(code, code, "", str(one)) for code, one in fields.items() if not isinstance(one, dict)
    ]


def _value(one: dict[str, Any], language: str, fallback: str) -> str:
    if one.get("shown"):
        return text(one["shown"], language, fallback)
    value = one["value"]
    return str(value).lower() if isinstance(value, bool) else str(value)


def proofs(visit_id: int) -> list[Acceptance]:
    """What the client ticked when booking the visit, in order; each row is the whole proof."""
    return list(Acceptance.objects.filter(visit_id=visit_id).order_by("id"))
