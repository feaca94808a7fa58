"""Signing in with a phone or an email and a one-time code; signing out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from visita.clients import contacts, errors
from visita.clients.actions import end_session, start_session
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.web.front.me import asking, find, note
from visita.web.front.me.account import Account, forget, mine_acting, remember
from visita.web.front.me.note import Note
from visita.web.front.page import acting, show
from visita.web.front.place import Place
from visita.web.front.views.manage import private
from visita.web.front.visitor import visitor

PURPOSES = ("sign_in", "find")


def sign_in_page(
    request: HttpRequest, place: Place, typed: str = "", refusal: Refusal | None = None, told: str = ""
) -> HttpResponse:
    """The question for a phone or an email."""
    context = {
        "typed": typed,
        "told": told,
        "target": place.outside("me-code"),
        "find_url": place.outside("find"),
        "register_url": place.outside("me-register"),
        "password_url": place.outside("me-password") if place.setting("client_password") else "",
        **asking.refused(refusal),
    }
    response = show(request, place, "front/me/sign_in.html", context, refusal.status if refusal else 200)
    return asking.retry(private(response), refusal)


@acting
def code(request: HttpRequest, place: Place) -> HttpResponse:
    """POST `contact`: send a code if it is known, and say the same if not."""
    typed = request.POST.get("contact", "")[:254]
    try:
        contact = contacts.read(typed, place.profile.country)
        with scope(place.id):
            known = bool(contacts.people(contact))
        asked = note.new(place.id, "sign_in", contact)
        asking.send(request, place, asked, known=known)
    except Refusal as refusal:
        return sign_in_page(request, place, typed.replace("\x00", ""), refusal)
    return asking.entrance(request, place, asked)


@acting
def session(request: HttpRequest, place: Place) -> HttpResponse:
    """POST `code_note` and `code`: sign in; with `again` another code."""
    asked = note.read(request.POST.get("code_note", ""), place.id, *PURPOSES)
    if asked is None:
        return sign_in_page(request, place, told=_("This page was open for too long. Ask for a new code."))
    if "again" in request.POST:
        known = _known(place, asked, request)
        return asking.again(request, place, asked, known=known, **asking.entrance_page(place, asked))
    try:
        asking.check(request, place, asked)
        if not _known(place, asked, request):
            raise errors.code_expired()
    except Refusal as refusal:
        return asking.entrance(request, place, asked, refusal)
    return welcome(request, place, asked, stay="stay" in request.POST)


def welcome(request: HttpRequest, place: Place, asked: Note, *, stay: bool = False) -> HttpResponse:
    """Start the session of a note whose code was right, and go in."""
    _session, token = start_session(place.id, asked.contact, stay=stay, actor=visitor(request))
    return private(remember(redirect(place.outside("me")), place, token, stay=stay))


@mine_acting
def end(request: HttpRequest, account: Account) -> HttpResponse:
    """POST: sign out; the cookie and every address the session made open nothing any more."""
    end_session(account.place.id, account.session.pk, actor=account.actor(request))
    return forget(redirect(account.place.outside("me", {"out": 1})), account.place)


def _known(place: Place, asked: Note, request: HttpRequest) -> bool:
    with scope(place.id):
        if asked.purpose == "find":
            return find.belongs(asked.contact, request.POST.get("booking", ""))
        return bool(contacts.people(asked.contact))
