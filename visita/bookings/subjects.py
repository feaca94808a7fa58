"""Whom or what a booking is about, as one of the client's subjects: a known one, or the one that was typed."""

from visita.bookings import errors
from visita.bookings.models import Waiting
from visita.bookings.requests import SubjectDetails
from visita.clients import actions as clients
from visita.clients import queries
from visita.clients.models import Subject
from visita.foundation.actor import Actor


def named(subject_id: int | None, about: SubjectDetails | None, client_id: int, actor: Actor) -> int | None:
    """The subject's id; None for the client themselves. A number that is not this client's is not_found."""
    known = queries.subjects(client_id) if subject_id or about else []
    if subject_id is not None:
        if subject_id not in {each.pk for each in known}:
            raise errors.not_found()
        return subject_id
    return None if about is None else kept(about, client_id, actor, known)


def waited_for(waiting: Waiting) -> int | None:
    """The subject that was named when a wait began, while the client still keeps it."""
    known = {each.pk for each in queries.subjects(waiting.client_id)} if waiting.subject_id else set()
    return waiting.subject_id if waiting.subject_id in known else None


def kept(about: SubjectDetails, client_id: int, actor: Actor, known: list[Subject]) -> int:
    """One of the client's subjects, or a new one."""
    same = next((each for each in known if (each.kind, each.name) == (about.kind, about.name)), None)
    if same is not None:
        return same.pk
    return clients.add_subject.here(client_id, about.kind, about.name, actor=actor, details=about.details).pk
