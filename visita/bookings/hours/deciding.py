"""What becomes of visits that cannot stay: each decision by the booking's own action, and what failed is told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from visita.bookings.actions.cancel import cancel
from visita.bookings.actions.give_choice import Option, give_choice
from visita.bookings.actions.keep import keep
from visita.bookings.actions.move import move
from visita.bookings.errors import not_found
from visita.bookings.hours.places import moving
from visita.bookings.models import Visit
from visita.foundation import clock
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope

Do = Literal["move", "keep", "cancel", "choose"]


@dataclass(frozen=True, slots=True)
class Decision:
    """For one visit as it was seen (`version`): where it moves (`start`, `resource_id`), or the `options` of its client."""

    visit_id: int
    version: int
    do: Do
    start: datetime | None = None
    resource_id: int | None = None
    options: tuple[Option, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a decision; with a refusal nothing of it was done."""

    decision: Decision
    refusal: Refusal | None = None

    @property
    def done(self) -> bool:
        """Whether it was carried out."""
        return self.refusal is None


def decide(organization_id: int, decisions: Iterable[Decision], actor: Actor) -> list[Outcome]:
    """Each decision in a transaction of its own, in order; what was refused (a time taken meanwhile, a visit changed by
    somebody else, the same sent twice) stands in its outcome, and the others are done all the same."""
    return [_outcome(organization_id, decision, actor) for decision in decisions]


def _outcome(organization_id: int, decision: Decision, actor: Actor) -> Outcome:
    try:
        _DEEDS[decision.do](organization_id, decision, actor)
    except Refusal as refusal:
        return Outcome(decision, refusal)
    return Outcome(decision)


def _move(organization_id: int, decision: Decision, actor: Actor) -> None:
    with scope(organization_id):
        visit = Visit.objects.filter(pk=decision.visit_id).first()
        if visit is None or decision.start is None:
            raise not_found()
        what = moving(visit)
        request = what.request(clock.to_minute(decision.start), decision.resource_id)
    move(organization_id, decision.visit_id, replace(request, version=decision.version), actor)


def _keep(organization_id: int, decision: Decision, actor: Actor) -> None:
    keep(organization_id, decision.visit_id, actor, version=decision.version)


def _cancel(organization_id: int, decision: Decision, actor: Actor) -> None:
    reason, version = decision.reason, decision.version
    cancel(organization_id, decision.visit_id, actor, reason=reason, version=version, ours=True)


def _choose(organization_id: int, decision: Decision, actor: Actor) -> None:
    give_choice(organization_id, decision.visit_id, decision.options, actor, version=decision.version)


_DEEDS: dict[str, Callable[[int, Decision, Actor], None]] = {
    "move": _move,
    "keep": _keep,
    "cancel": _cancel,
    "choose": _choose,
}
