"""No second visit of the same kind within some days: one filling in 90 days, one colouring in 30.

Parameters: `services` (ids; empty = every service), `days` (90), `text` ({language: sentence}, `%(date)s` in it is the
first possible date).
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from babel.dates import format_date

from visita.bookings.own_rules import ACCEPT, Proposal, Verdict, refuse, rule

_TEXT = {
    "en": "There must be %(days)s days between two such visits. The first possible date is %(date)s.",
    "ro": "Între două astfel de vizite trebuie să treacă %(days)s zile. Prima dată posibilă este %(date)s.",
    "ru": "Между двумя такими визитами должно пройти %(days)s дн. Первая возможная дата: %(date)s.",
    "it": "Tra due visite di questo tipo devono passare %(days)s giorni. La prima data possibile è %(date)s.",
    "fi": "Kahden tällaisen käynnin välissä on oltava %(days)s päivää. Ensimmäinen mahdollinen päivä on %(date)s.",
}
_COUNTS = {"requested", "confirmed", "arrived", "completed"}


@rule
def days_between(proposal: Proposal, parameters: Mapping[str, Any]) -> Verdict:
    """Refuses a visit too near another one of the same subject, before or after it."""
    wanted, days = set(parameters.get("services", ())), int(parameters.get("days", 90))
    booked = {item.service for item in proposal.items} & (wanted or {item.service for item in proposal.items})
    subject = proposal.subject.name if proposal.subject else ""
    near = [
        past.start
        for past in proposal.history
        if past.status in _COUNTS
        and past.subject == subject
        and booked & set(past.services)
        and abs((past.start.date() - proposal.start.date()).days) < days
    ]
    if not near:
        return ACCEPT
    first = max(near).date() + timedelta(days=days)
    texts: Mapping[str, str] = parameters.get("text") or _TEXT
    return refuse(
        {
            language: text % {"days": days, "date": format_date(first, "long", locale=language)}
            for language, text in texts.items()
        }
    )
