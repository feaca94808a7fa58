"""The first page of an account: what is to come, whose data there are; the history; and the way to one visit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from visita.bookings import own
from visita.clients import errors, queries
from visita.foundation import ids
from visita.foundation.scope import scope
from visita.web.front.choice import number
from visita.web.front.me import passes, password, signing
from visita.web.front.me.account import Account, current, mine
from visita.web.front.me.rows import rows
from visita.web.front.page import reading, show
from visita.web.front.place import Place
from visita.web.front.views.manage import private

_WAYS = {"": "visit", "move": "move", "cancel": "cancellation", "calendar": "calendar"}


@reading
def home(request: HttpRequest, place: Place) -> HttpResponse:
    """GET: the account, or the sign-in."""
    account = current(request, place)
    if account is None:
        return signing.sign_in_page(request, place)
    people = account.people
    context = {
        "rows": rows(place, own.upcoming([each.pk for each in people]), named=len(people) > 1),
        "people": [_person(account, each.pk) for each in people],
        "several": len(people) > 1,
        "shown": account.contact.shown,
        "history_url": place.outside("me-history"),
        "data_url": place.outside("me-data"),
        "out_url": place.outside("me-end"),
        "password_url": place.outside("me-own-password") if password.offered(place) else "",
        "told": password.told(request),
    }
    return private(show(request, place, "front/me/home.html", context))


@mine
def history(request: HttpRequest, account: Account) -> HttpResponse:
    """GET `?page=`: the visits that were, and the cancelled ones."""
    page = min(number(request.GET.get("page", "")) or 1, 10_000)
    found, more = own.past([each.pk for each in account.people], page)
    place = account.place
    context = {
        "rows": rows(place, found, named=len(account.people) > 1),
        "me_url": place.outside("me"),
        "newer_url": place.outside("me-history", {"page": page - 1 if page > 2 else None})
        if page > 1
        else "",
        "older_url": place.outside("me-history", {"page": page + 1}) if more else "",
    }
    return show(request, place, "front/me/history.html", context)


@mine
def visit(request: HttpRequest, account: Account, code: str) -> HttpResponse:
    """GET: on to the visit's own page by a pass; `?to=move|cancel|calendar` goes further."""
    found = own.by_code(ids.read_code(code)[:8], [each.pk for each in account.people])
    if found is None:
        raise errors.not_found()
    way = _WAYS.get(request.GET.get("to", ""), "visit")
    token = passes.issue(account.session, found)
    more = {"own": 1} if way == "move" else None
    return redirect(account.place.outside(way, more, code=found.code, token=token))


def _person(account: Account, client_id: int) -> dict[str, object]:
    client = account.person(client_id)
    with scope(account.place.id):
        about = [str(each) for each in queries.subjects(client_id)]
    return {
        "name": str(client),
        "second": ", ".join(about),
        "url": account.place.outside("me-person", person=str(client_id)),
    }
