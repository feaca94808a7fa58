"""The client takes one of the times kept: the visit moves there, in one transaction with the end of the choice."""

from dataclasses import replace

from visita.activity.record import record
from visita.bookings import holds, verbs
from visita.bookings.actions.end_choice import end_choice
from visita.bookings.actions.move import move
from visita.bookings.hours.errors import choice_over
from visita.bookings.hours.places import moving
from visita.bookings.locking import locked
from visita.bookings.models import Choice, ChoiceStatus, Visit
from visita.bookings.requests import Beside, Moved
from visita.clients import queries as clients
from visita.foundation import clock
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope

_OVER = ("slot_taken", "hold_expired", "not_offered", "invalid_transition")


def take_choice(organization_id: int, code: str, option: int, actor: Actor) -> Moved:
    """Move the visit to the option (by its number). Refuses choice_over, also for whoever presses twice;
    changed_meanwhile where somebody wrote on the visit in that instant, and the choice stays open.

    The organization gave the choice, so neither deadline nor number of moves stands in the way.
    """
    with scope(organization_id):
        choice = _open(code)
        if not 0 <= option < len(choice.options):
            raise choice_over()
        there = choice.options[option]
        visit = Visit.objects.get(pk=choice.visit_id)
        request = replace(
            moving(visit).request(there["s"], there["resource"]), warned=True
        )  # staff's to read
    beside = Beside(lambda: _make_way(choice, visit.client_id), lambda _visit: _settle(choice, option, actor))
    try:
        return move(organization_id, choice.visit_id, request, actor, beside=beside)
    except Refusal as refusal:
        if refusal.code not in _OVER:
            raise
        end_choice(organization_id, choice.visit_id, "lost", actor)
        raise choice_over() from refusal


def _open(code: str) -> Choice:
    found = Choice.objects.filter(code=code, status=ChoiceStatus.OPEN, expires_at__gt=clock.now()).first()
    if found is None:
        raise choice_over()
    return found


def _make_way(choice: Choice, client_id: int) -> None:
    """Under the visit's lock the choice still stands; what it holds makes way for the move. The client before the visit,
    as everywhere: rules about the person lock the client, and a merge both."""
    clients.present(client_id)
    locked(choice.visit_id, None)
    _open(choice.code)
    holds.drop(choice.hold)


def _settle(choice: Choice, option: int, actor: Actor) -> None:
    payload = {"choice": choice.code, "option": option, **choice.span()}
    event = record(verbs.CHOICE_TAKEN, "visit", choice.visit_id, actor, payload)
    Choice.objects.filter(pk=choice.pk).update(
        status=ChoiceStatus.ACCEPTED, ended_at=clock.now(), activity_id=event
    )
