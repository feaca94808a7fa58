"""What the search of the client's pages shows: services, people and groups that answer, the best answers on top."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visita.web.components.trades import Words
from visita.web.front.finding import Entry, Found, find

Row = dict[str, Any]


def found(
    typed: str, trade: Words, services: Sequence[Row], people: Sequence[Row], groups: Sequence[Row]
) -> list[Row]:
    """Sections with their rows, ready for the list that otherwise shows everything; none when nothing answers.

    `trade` says what the people are called.
    """
    kinds = (services, people, groups)
    entries = [_entry(kind, row) for kind, rows in enumerate(kinds) for row in rows]
    answers: dict[int, list[Found]] = {}
    for answer in find(typed, entries):
        answers.setdefault(answer.what[0], []).append(answer)
    names = (_("Services"), trade.people, _("Groups"))
    return [{"name": names[kind], "rows": list(map(_row, each))} for kind, each in answers.items()]


def counted(sections: Iterable[Row]) -> str:
    """How many were found, as readers are told while somebody types."""
    count = sum(len(each["rows"]) for each in sections)
    return ngettext("%(count)d found", "%(count)d found", count) % {"count": count}


def called(*texts: Iterable[Any]) -> tuple[str, ...]:
    """All other names in one list: of every language, synonyms taken apart at their commas."""
    return tuple(
        part.strip() for each in texts for text in each for part in str(text).split(",") if part.strip()
    )


def _entry(kind: int, row: Row) -> Entry:
    return Entry((kind, row), row["name"], row.get("also", ()), row.get("near", ()))


def _row(answer: Found) -> Row:
    return {**answer.what[1], "pieces": answer.name, "by": answer.by}
