"""What a visit shall become again: a whole earlier state of it, or the present one without one change. Pure."""

from collections.abc import Sequence

from visita.bookings import errors
from visita.bookings.models import VisitStatus
from visita.bookings.states import EXISTS, PERSONAL, Key, State, Step

_CLAIMED = ("s", "e", "resource_id", "service_id", "session_id")


def whole(steps: Sequence[Step], act_id: int, now: State, erased: int = 0) -> State:
    """The state the act left, with the services it had then; personal text that was erased stays erased.

    Refuses not_found for an act that left no state.
    """
    then = _step(steps, act_id).after
    if then is None or not then.parts:
        raise errors.not_found()
    changes: dict[Key, object] = {(name,): value for name, value in then.whole.items()}
    return State(now.having(_kept(changes, act_id, erased)).whole, then.parts)


def without(steps: Sequence[Step], act_id: int, now: State, erased: int = 0) -> State:
    """The present state with what the act changed put back. Refuses not_found, nothing_to_undo for an act that changed
    nothing (or booked), and changed_since naming what later acts changed of the same."""
    step = _step(steps, act_id)
    changes = step.changes()
    if not changes:
        raise errors.nothing_to_undo()
    later = [key for key, (_was, became) in changes.items() if not now.is_so(key, became)]
    if later:
        raise errors.changed_since(sorted({str(key[-1]) for key in later}))
    back: dict[Key, object] = {key: was for key, (was, _became) in changes.items()}
    before = max((each.act.pk for each in steps if each.act.pk < act_id), default=0)
    goal = now.having(_kept(back, before, erased))
    if not goal.parts:
        raise errors.changed_since([EXISTS])
    return goal


def to_claim(now: State, goal: State) -> list[int]:
    """The appointments that need their time anew, in the order of the goal's times."""
    if goal.whole["status"] == VisitStatus.CANCELLED:
        return []
    every = now.whole["status"] == VisitStatus.CANCELLED or any(
        now.whole[name] != goal.whole[name] for name in ("location_id", "seats")
    )
    moved = [
        pk for pk, part in goal.parts.items()
        if every or pk not in now.parts or any(part[name] != now.parts[pk][name] for name in _CLAIMED)
    ]  # fmt: skip
    return sorted(moved, key=lambda pk: (goal.parts[pk]["s"], pk))


def _step(steps: Sequence[Step], act_id: int) -> Step:
    found = next((step for step in steps if step.act.pk == act_id), None)
    if found is None:
        raise errors.not_found()
    return found


def _kept(changes: dict[Key, object], act_id: int, erased: int) -> dict[Key, object]:
    if act_id > erased:
        return changes
    return {key: value for key, value in changes.items() if key[0] not in PERSONAL}
