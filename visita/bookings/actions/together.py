"""Cancel or restore many visits with one press; each is its own transaction, so that one refusal spoils nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from visita.bookings.actions.cancel import cancel
from visita.bookings.actions.restore import restore
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal


@dataclass(frozen=True, slots=True)
class Outcome:
    """Ids of the visits that changed, and the refusals of the others by id."""

    done: tuple[int, ...]
    refused: dict[int, Refusal]


def cancel_together(
    organization_id: int,
    visit_ids: Sequence[int],
    actor: Actor,
    *,
    reason: str = "",
    ours: bool = False,
    silent: bool = False,
) -> Outcome:
    """Cancel each; those that cannot be any more are named."""
    return _each(
        visit_ids,
        lambda visit: cancel(organization_id, visit, actor, reason=reason, ours=ours, silent=silent),
    )


def restore_together(organization_id: int, visit_ids: Sequence[int], actor: Actor) -> Outcome:
    """Bring each back where its time is still free."""
    return _each(visit_ids, lambda visit: restore(organization_id, visit, actor))


def _each(visit_ids: Sequence[int], act: Callable[[int], object]) -> Outcome:
    done, refused = [], {}
    for visit in dict.fromkeys(visit_ids):
        try:
            act(visit)
            done.append(visit)
        except Refusal as refusal:
            refused[visit] = refusal
    return Outcome(tuple(done), refused)
