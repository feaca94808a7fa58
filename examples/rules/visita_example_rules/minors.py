"""Children come after school hours, and with a guardian.

Parameters: `under` (18), `school_ends` ("14:00"), `guardian_field` (the code of an extra field in which the guardian is
named; none = not asked), `weekdays` ([0, 1, 2, 3, 4]).
"""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from visita.bookings.own_rules import ACCEPT, Proposal, Verdict, refuse, rule, warn

_SCHOOL = {
    "en": "On school days we see children from %(time)s.",
    "ro": "În zilele de școală primim copiii de la ora %(time)s.",
    "ru": "В учебные дни мы принимаем детей с %(time)s.",
    "it": "Nei giorni di scuola riceviamo i bambini dalle %(time)s.",
    "fi": "Koulupäivinä otamme lapsia vastaan kello %(time)s alkaen.",
}
_GUARDIAN = {
    "en": "A child comes with a guardian: write who it is.",
    "ro": "Un copil vine cu un tutore: scrieți cine este.",
    "ru": "Ребёнок приходит с опекуном: напишите, кто это.",
    "it": "Un minore viene accompagnato da un tutore: scrivete chi è.",
    "fi": "Lapsi tulee huoltajan kanssa: kirjoittakaa, kuka hän on.",
}
_UNKNOWN = {
    "en": "The age is not known: is it a child?",
    "ro": "Vârsta nu este cunoscută: este un copil?",
    "ru": "Возраст неизвестен: это ребёнок?",
    "it": "L'età non è nota: è un minore?",
    "fi": "Ikä ei ole tiedossa: onko kyseessä lapsi?",
}


@rule
def minors(proposal: Proposal, parameters: Mapping[str, Any]) -> Verdict:
    """Looks at the subject where the visit is about a person, else at the client."""
    about = proposal.subject or proposal.client
    if about.born is None:
        return warn(_UNKNOWN)
    if _age(about.born, proposal.start.date()) >= int(parameters.get("under", 18)):
        return ACCEPT
    ends = time.fromisoformat(parameters.get("school_ends", "14:00"))
    school_day = proposal.start.weekday() in parameters.get("weekdays", (0, 1, 2, 3, 4))
    if school_day and proposal.start.time() < ends:
        return refuse({language: text % {"time": f"{ends:%H:%M}"} for language, text in _SCHOOL.items()})
    field = parameters.get("guardian_field")
    return refuse(_GUARDIAN) if field and not proposal.fields.get(field) else ACCEPT


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
