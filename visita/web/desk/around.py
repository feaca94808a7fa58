"""What was changed around the visits of a day, in words: whose, what, who did it, and how it is taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from visita.activity import asof
from visita.activity.models import Activity
from visita.bookings import states
from visita.catalog import verbs as catalog
from visita.clients import verbs as clients
from visita.clients.models import Merge
from visita.identity import rights
from visita.scheduling import verbs as hours
from visita.tenancy import verbs as tenancy
from visita.web.desk.fields import NOTHING, Change
from visita.web.desk.frame import Frame
from visita.web.desk.hours import log
from visita.web.desk.hours import rights as hours_rights
from visita.web.desk.hours.taking_back import VERBS as HOURS
from visita.web.desk.labels import door
from visita.web.desk.reverting import KINDS
from visita.web.desk.story import who


@dataclass(frozen=True, slots=True)
class Line:
    """One change. `undo` is the address that takes it back; where there is none `why` says so."""

    act: int
    what: str
    of: str
    icon: str
    who: str
    when: str
    changes: list[Change]
    undo: str
    why: str


def told(acts: Iterable[Activity], names: Mapping[str, Mapping[int, str]], place: Frame) -> list[Line]:
    """The acts in their order. `names`: by kind of object what each is called today. Five statements at most."""
    found = list(acts)
    merged = [act.payload["merge"] for act in found if act.verb == clients.CLIENT_MERGED]
    living = set(Merge.objects.filter(pk__in=merged, undone_at=None).values_list("pk", flat=True))
    renamed = _renamed(found, place)
    return [_line(act, names, place, living, renamed.get(act.pk, [])) for act in found]


def _renamed(acts: list[Activity], place: Frame) -> dict[int, list[Change]]:
    """What people, services, clients and the place were called before an act and after it, where that differs. Erased
    names stay so."""
    clients_ = {act.object_id for act in acts if act.object_kind == "client"}
    erased = states.erasures(clients_) if clients_ else {}
    found: dict[int, list[Change]] = {}
    for verb, kind in KINDS.items():
        mine = {act.pk: act.object_id for act in acts if act.verb == verb}
        if verb == clients.CLIENT_CHANGED:
            mine = {act: pk for act, pk in mine.items() if pk not in erased}
        for act, step in (asof.steps(kind.model, mine, kind.called) if mine else {}).items():
            before, after = (_called(row.values(), place) for row in step)
            if before != after:
                found[act] = [Change(_("Name"), before or NOTHING, after or NOTHING)]
    return found


def _called(values: Iterable[Any], place: Frame) -> str:
    words = (place.text(value) if isinstance(value, dict) else str(value) for value in values)
    return " ".join(word for word in words if word)


def _line(
    act: Activity,
    names: Mapping[str, Mapping[int, str]],
    place: Frame,
    merges: set[int],
    renamed: list[Change],
) -> Line:
    undo, why = _undo(act, place, merges)
    by = f"{who(act)} · {door(act.source)}"
    of = names.get(act.object_kind, {}).get(act.object_id, "")
    what, icon = _title(act)
    when = place.formats.moment(act.at.astimezone(place.zone))
    return Line(act.pk, what, of, icon, by, when, _changes(act, place) or renamed, undo, why)


def _title(act: Activity) -> tuple[str, str]:
    kind = log.kind_of(act)
    if kind is not None:
        return kind, "clock"
    return {
        hours.RESOURCE_ADDED: (_("Came to the team"), "people"),
        hours.RESOURCE_CHANGED: (_("Facts changed"), "note"),
        tenancy.LOCATION_CHANGED: (_("Facts changed"), "note"),
        catalog.SERVICE_CHANGED: (_("Service changed"), "note"),
        clients.CLIENT_CHANGED: (_("Client's details changed"), "note"),
        clients.CLIENT_MERGED: (_("Client merged with another record"), "people"),
        clients.CLIENT_UNMERGED: (_("Merge of the client undone"), "people"),
        clients.CLIENT_ERASED: (_("Client's data erased"), "cross"),
    }[act.verb]


def _changes(act: Activity, place: Frame) -> list[Change]:
    """Of hours: what held before, and what holds by the change."""
    if act.verb not in (hours.WORKING_TIME_SET, hours.EXCEPTION_SET, hours.EXCEPTION_REMOVED):
        return []
    state = log.states(act, place)
    as_plan = _("weekly hours")
    return [Change(_("Hours"), state["before"] or as_plan, state["after"] or as_plan or NOTHING)]


def _undo(act: Activity, place: Frame, merges: set[int]) -> tuple[str, str]:
    """The address that takes the act back, or why there is none."""
    guest = place.guest
    if act.verb in HOURS:
        may = hours_rights.may_change(guest, act.object_id if act.object_kind == "resource" else None)
        return (_address(place, "hours_act", act.pk), "") if may else ("", _none())
    if act.verb in KINDS:
        if not any(act.payload.get(name) for name in ("fields", "resources", "needs")):
            return "", _("This change left nothing to take back.")
        return (_address(place, "revert", act.pk), "") if guest.may(KINDS[act.verb].right) else ("", _none())
    if act.verb == clients.CLIENT_MERGED:
        merge = act.payload["merge"]
        if merge not in merges:
            return "", _("Already undone.")
        may = guest.may(rights.CLIENTS_CHANGE)
        return (place.url("unmerge", merge=merge), "") if may else ("", _none())
    return "", {
        clients.CLIENT_ERASED: _("What was erased does not come back."),
        clients.CLIENT_UNMERGED: _("Merge the two records again from the client's card."),
        hours.RESOURCE_ADDED: _("Who came is put away in the office, not undone."),
    }.get(act.verb, "")


def _none() -> str:
    return str(_("Your role does not take this back."))


def _address(place: Frame, name: str, act: int) -> str:
    parts: dict[str, Any] = {"organization": place.guest.organization.slug, "act": act}
    return reverse(f"desk:{name}", kwargs=parts)
