"""The history of a visit as a person reads it: who did what, when, from where, what it changed; newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from visita.activity.models import Activity
from visita.bookings import states, verbs
from visita.bookings.models import Visit
from visita.bookings.states import Step
from visita.clients import verbs as client_verbs
from visita.web.desk.fields import Change, Names, changes
from visita.web.desk.frame import Frame
from visita.web.desk.labels import door


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the history. `back` brings its state back, `undo` takes its change back: where either would do
    something."""

    act: int
    what: str
    who: str
    where: str
    when: str
    at: datetime
    icon: str
    changes: Sequence[Change]
    back: bool
    undo: bool


def told(visit: Visit, frame: Frame) -> list[Told]:
    """Everything done to the visit, newest first; six queries whatever its length."""
    steps = states.steps(visit.pk)
    names = Names.of([step.after for step in steps], frame)
    erased = states.erased_since(visit.client_id)
    now = steps[-1].after if steps else None
    return [_told(step, now, erased, names) for step in reversed(steps)]


def _told(step: Step, now: states.State | None, erased: int, names: Names) -> Told:
    act, frame = step.act, names.place
    at = act.at.astimezone(frame.zone)
    what, icon = title(act.verb)
    changed = step.changes()
    lines = changes(changed, step.after, names, erased=act.pk <= erased)
    differs = now is not None and step.after is not None and bool(states.differing(now, step.after))
    undo = bool(changed) and now is not None and all(now.is_so(key, v) for key, (_was, v) in changed.items())
    when = frame.formats.moment(at)
    where = door(act.source)
    if act.payload.get("overridden"):  # the second press is seen afterwards
        where = f"{where} · {_('against the rule')}"
    return Told(act.pk, what, who(act), where, when, at, icon, lines, differs, undo)


def title(verb: str) -> tuple[str, str]:
    """What a verb is called, and its icon."""
    return {
        verbs.BOOKED: (_("Booked"), "calendar-add"),
        verbs.MOVED: (_("Moved"), "move"),
        verbs.CONFIRMED: (_("Confirmed"), "check"),
        verbs.ARRIVED: (_("Arrived"), "arrived"),
        verbs.COMPLETED: (_("Done"), "checks"),
        verbs.NO_SHOW: (_("Not shown"), "person-off"),
        verbs.CANCELLED: (_("Cancelled"), "cross"),
        verbs.RESTORED: (_("Restored"), "undo"),
        verbs.BROUGHT_BACK: (_("Brought back"), "undo"),
        verbs.NOTED: (_("Note changed"), "note"),
        verbs.EXCHANGED: (_("Services changed"), "note"),
        verbs.DISCOUNTED: (_("Discount changed"), "tag"),
        verbs.MARKED: (_("Public or private changed"), "tag"),
        verbs.ANSWERED: (_("Answers changed"), "note"),
        verbs.PARKED: (_("Laid aside"), "park"),
        verbs.UNPARKED: (_("Put back"), "undo"),
        verbs.KEPT: (_("Kept outside working time"), "pin"),
        verbs.UNKEPT: (_("Mark of being kept removed"), "undo"),
        client_verbs.CLIENT_MERGED: (_("Client merged with another record"), "people"),
        client_verbs.CLIENT_UNMERGED: (_("Merge of the client undone"), "people"),
    }.get(verb, (verb.rpartition(".")[2].replace("_", " ").capitalize(), "info"))


def who(act: Activity) -> str:
    """Who did it, as staff say it."""
    return _("the client") if act.actor_kind == "client" else act.actor_label
