"""Telling a client of a move: wished at the toast, waiting some seconds for an undo, taken back while it waits."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.identity import rights
from visita.messaging import actions
from visita.messaging.actions.tell import What
from visita.messaging.delay import notice_delay
from visita.web.desk import changes
from visita.web.desk.answers import answer
from visita.web.desk.door import Guest, data
from visita.web.desk.reach import reach
from visita.web.desk.reading import body


@require_POST
@data
def notice(request: HttpRequest, guest: Guest, visit: int) -> HttpResponse:
    """Wish that the client hear of the move (`what`: services, of other services); `{"seconds"}` until it leaves.
    `withdraw` takes the wish back."""
    changes.require(guest, visit, rights.VISITS_CHANGE, rights.VISITS_CHANGE_OWN)
    organization, sent = guest.organization.pk, body(request)
    if sent.flag("withdraw"):
        actions.untell(organization, visit, guest.actor)
        return answer({"seconds": None})
    with scope(organization):
        kind, seconds = reach(visit), int(notice_delay().total_seconds())
    if not kind:
        words = _("Neither phone nor email of this client is known, so nobody can be told.")
        raise Refusal("no_contact", 422, words)
    what: What = "services" if sent.text("what", 20) == "services" else "moved"
    actions.tell(organization, visit, what, guest.actor)
    return answer({"seconds": seconds, "reach": kind})
