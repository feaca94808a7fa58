"""Taking one change of working time back, however long ago it was: a new change, looked at like any other."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from visita.activity.models import Activity
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling import actions, verbs
from visita.scheduling.changes import Change
from visita.web.desk.door import Guest, page
from visita.web.desk.hours import making, rights, undoing
from visita.web.desk.reading import body
from visita.web.desk.ways_back import back_to

VERBS = (
    verbs.WORKING_TIME_SET,
    verbs.EXCEPTION_SET,
    verbs.EXCEPTION_REMOVED,
    verbs.BLOCKED,
    verbs.UNBLOCKED,
)


@page
def take_back(request: HttpRequest, guest: Guest, act: int) -> HttpResponse:
    """POST: the hours are as before the act. Where visits would be stranded they are decided about first; what was changed
    again since is said to be, and stays."""
    with scope(guest.organization.pk):
        if not Activity.objects.filter(pk=act, verb__in=VERBS).exists():
            raise Refusal("not_found", 404, _("There is nothing here."))
        back = undoing.back_of([act])
    rights.require_change(guest, [*back.changes, *back.blocks])
    if back.stays or not (back.changes or back.claims):
        said = _(
            "This was changed again since, so this change alone cannot be taken back. Change the hours themselves."
        )
        return making.refused(request, guest, _made(act, guest), Refusal("changed_since", 409, said))
    if back.claims:
        actions.unblock(guest.organization.pk, back.claims, actor=guest.actor)
        return redirect(
            back_to(request, body(request).text("back", 2000)) or making.seen_at(request, guest, back.blocks)
        )
    return making.look(request, guest, back.changes, seen=back.seen)


def _made(act: int, guest: Guest) -> list[Change]:
    """What the act changed, by which the page to go back to is found."""
    with scope(guest.organization.pk):
        return undoing.made([act])
