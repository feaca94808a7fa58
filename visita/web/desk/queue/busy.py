"""Why somebody of the queue cannot go in now: who is busy until when, and who else could take them."""

from django.utils.translation import gettext as _

from visita.bookings import journal_offer
from visita.bookings.models import Ticket
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.scheduling.models import Resource
from visita.web.desk.frame import Frame
from visita.web.desk.reasons import sentences

_ANYWAY = (
    "too_late",
    "notice_required",
    "not_offered",
    "leaves_gap",
)  # who is called in begins in this very minute


def told(place: Frame, ticket_id: int, to: int | None, refusal: Refusal) -> Refusal:
    """The refusal of "Take in" with the truth about this minute; `others` are (id, name) of who is free. Inside a scope."""
    ticket = Ticket.objects.get(pk=ticket_id)
    now, service = clock.minute(), ticket.service_id
    free = journal_offer.starts_for_new(place.location.pk, service, place.today, None)
    first = {who: min(starts) for who, starts in free.items()}
    named = to or ticket.to_id or ticket.resource_id
    people = {each.pk: each for each in Resource.objects.filter(pk__in={*first, named or 0})}
    others = [who for who in first if who != named and not _reasons(place, service, who, now)]
    said = _of_one(place, ticket, people.get(named or 0), first.get(named or 0), now)
    said = said or _of_all(place, first, people)
    kept = _("Number %(number)s keeps its place.") % {"number": ticket.number}
    names = sorted(((who, str(people[who])) for who in others), key=lambda each: people[each[0]].position)
    return Refusal(refusal.code, refusal.status, f"{said} {kept}", others=names)


def _reasons(place: Frame, service: int, who: int, now: int) -> list[str]:
    found = journal_offer.reasons_for_new(place.location.pk, service, place.today, who, now)
    return sentences([each for each in found if each.code not in _ANYWAY], place)


def _of_one(place: Frame, ticket: Ticket, who: Resource | None, first: int | None, now: int) -> str:
    if who is None:
        return ""
    why = next(iter(_reasons(place, ticket.service_id, who.pk, now)), _("This time is not free."))
    values = {"reason": why, "name": who, "time": _clock(place, first)}
    if first is None:
        return _("%(reason)s %(name)s has no free time for this today any more.") % values
    return _("%(reason)s %(name)s is free at %(time)s.") % values


def _of_all(place: Frame, first: dict[int, int], people: dict[int, Resource]) -> str:
    if not first:
        return _("Nobody who gives this is free now, nor later today.")
    who, start = min(first.items(), key=lambda each: each[1])
    values = {"name": people[who], "time": _clock(place, start)}
    return _("Nobody who gives this is free now. The first is %(name)s, at %(time)s.") % values


def _clock(place: Frame, minute: int | None) -> str:
    return "" if minute is None else place.formats.time(clock.from_minute(minute).astimezone(place.zone))
