"""Writes to a client whose visit cannot stay: the times kept to choose from, once staff can take it back no more."""

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from visita.activity import outbox
from visita.activity.outbox import Consumer, Errand, Event, Wanted
from visita.bookings import verbs
from visita.bookings.hours import links
from visita.bookings.models import Choice, ChoiceStatus, Visit
from visita.bookings.wall import local
from visita.foundation import clock
from visita.foundation.formats import formats_for
from visita.messaging import letters
from visita.messaging.delay import notice_delay
from visita.messaging.letters import Letter
from visita.tenancy import queries


def wanted(event: Event) -> Iterable[Wanted]:
    """The visit's client, after the time in which it can be taken back."""
    visit = Visit.objects.filter(pk=event.object_id).first()
    return [Wanted(f"client:{visit.client_id}", "letter", due=event.at + notice_delay())] if visit else []


def carry(errand: Errand) -> None:
    """Write to the client."""
    client_id = int(errand.recipient.partition(":")[2])
    letters.send(errand, client_id, "choice", lambda: _letter(errand.event))


def _letter(event: Event) -> Letter | None:
    """Only while there is something to choose."""
    choice = Choice.objects.filter(code=event.payload["choice"]).first()
    if choice is None or choice.status != ChoiceStatus.OPEN or choice.expires_at <= clock.now():
        return None
    visit, profile = Visit.objects.get(pk=choice.visit_id), queries.profile()
    shown = formats_for(get_language() or profile.language, profile.country)
    until = choice.expires_at.astimezone(local(visit).tzinfo)
    words = {
        "name": profile.name,
        "when": shown.moment(local(visit)),
        "until": shown.moment(until),
        "link": address(choice.code),
    }
    body = _(
        "%(name)s: your visit on %(when)s cannot take place then, and we are sorry. We keep other times for you until "
        "%(until)s, choose one: %(link)s"
    )
    return Letter(_("Your visit needs a new time"), body % words)


def address(code: str) -> str:
    """The whole link to a choice of the running scope."""
    return letters.linked(f"choice/{code}/{links.token(code)}/")


outbox.register(Consumer("choice.letters", frozenset({verbs.CHOICE_GIVEN}), wanted, carry))
