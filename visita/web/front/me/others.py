"""By the manage link of one visit: all visits to come of the same client, and cancelling each (BK-15).

Whoever knows a client's name and phone can book beside their record and holds a manage link of it (CB-06). So the link alone
opens all only where it can have reached nobody but the client: from an account, or of a visit the staff booked themselves (a
key may book for whoever types a name into the business's own site). Others see
the visit itself, and the rest after a code to the client's own contact; the page is the same whether there is a rest or not.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from visita.bookings import errors, own
from visita.bookings.actions.cancel import cancel
from visita.bookings.queries import VisitView
from visita.foundation import ids
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.web.front.me.passes import open_visit
from visita.web.front.me.reader import reader
from visita.web.front.me.rows import rows
from visita.web.front.page import acting, reading, show
from visita.web.front.place import Place
from visita.web.front.views.manage import no_link, private
from visita.web.front.visitor import visitor


@reading
def page(request: HttpRequest, place: Place, code: str, token: str) -> HttpResponse:
    """GET: the list, each with a button that cancels."""
    try:
        view = _opened(code, token)
    except Refusal as refusal:
        return no_link(request, place, refusal)
    link = {"code": view.visit.code, "token": token}
    proven, name, _own_note = reader(view, token)
    found = [each for each in own.upcoming([view.client.pk]) if proven or each.visit.pk == view.visit.pk]
    shown = rows(place, found, own=name)
    for row, each in zip(shown, found, strict=True):
        row["target"] = place.url("others-cancel", None, **link, other=each.visit.code)
    context = {"rows": shown, "back_url": place.url("visit", None, **link)}
    if not proven:
        context["find_url"] = f"{place.outside('find')}?booking={ids.shown(view.visit.code)}"
    return private(show(request, place, "front/me/others.html", context))


@acting
def cancellation(request: HttpRequest, place: Place, code: str, token: str, other: str) -> HttpResponse:
    """POST: cancel one of them; a second press finds it done."""
    try:
        with scope(place.id):
            view = _opened(code, token)
            found = own.by_code(ids.read_code(other)[:8], [view.client.pk])
            if found and found.pk != view.visit.pk and not reader(view, token).proven:
                found = None
        if found is None:
            raise errors.link_invalid()
        if found.status != "cancelled":
            cancel(place.id, found.pk, visitor(request, str(view.client)))
    except Refusal as refusal:
        return no_link(request, place, refusal)
    return private(redirect(place.url("others", None, code=view.visit.code, token=token)))


def _opened(code: str, token: str) -> VisitView:
    if not code.isascii() or "\x00" in code + token:
        raise errors.link_invalid()
    return open_visit(code, token)
