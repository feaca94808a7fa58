"""Signing in with a password where the organization lets clients have one; choosing, changing and dropping it."""

import secrets
from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from visita.clients import contacts, errors, passwords
from visita.clients.actions import remove_password, set_password, start_session, try_password
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.messaging import outgoing
from visita.messaging.message import Message
from visita.web.front.me import asking
from visita.web.front.me.account import Account, mine, mine_acting, remember
from visita.web.front.page import acting, reading, show
from visita.web.front.place import Place
from visita.web.front.views.manage import private
from visita.web.front.visitor import visitor

FRESH: Final = timedelta(minutes=15)
"""So long after signing in nobody asks for the present password: whoever forgot it signs in by a code."""


def offered(place: Place) -> bool:
    """Whether clients may have a password here."""
    return bool(place.setting("client_password"))


@reading
def page(request: HttpRequest, place: Place) -> HttpResponse:
    """GET: the question for contact and password."""
    _require(place)
    return _page(request, place)


@acting
def session(request: HttpRequest, place: Place) -> HttpResponse:
    """POST `contact`, `password`, `stay`: sign in, or one answer for everything that is not right."""
    _require(place)
    typed, stay = request.POST.get("contact", "")[:254].replace("\x00", ""), "stay" in request.POST
    try:
        contact = contacts.read(typed, place.profile.country)
        try_password(place.id, contact, request.POST.get("password", "")[:1000], visitor(request).ip)
    except Refusal as refusal:
        return _page(request, place, typed, refusal)
    _session, token = start_session(place.id, contact, stay=stay, actor=visitor(request))
    return private(remember(redirect(place.outside("me")), place, token, stay=stay))


@mine
def own(request: HttpRequest, account: Account) -> HttpResponse:
    """GET: the form for a password of one's own."""
    _require(account.place)
    return _own(request, account)


@mine_acting
def change(request: HttpRequest, account: Account) -> HttpResponse:
    """POST `password` (and `present`, unless the session is fresh) sets it; with `remove` there is none any more."""
    place, actor = account.place, account.actor(request)
    _require(place)
    try:
        _require_proof(request, account)
        if "remove" in request.POST:
            remove_password(place.id, account.session.pk, actor=actor)
        else:
            set_password(place.id, account.session.pk, request.POST.get("password", "")[:1000], actor=actor)
            _tell(account)
    except Refusal as refusal:
        with scope(place.id):
            return _own(request, account, refusal)
    return redirect(place.outside("me", {"password": "out" if "remove" in request.POST else "set"}))


def told(request: HttpRequest) -> str:
    """What the account's first page says after a change."""
    words = {"set": _("Your password is set."), "out": _("Your account has no password any more.")}
    return words.get(request.GET.get("password", ""), "")


def _require(place: Place) -> None:
    if not offered(place):
        raise errors.not_found()


def _require_proof(request: HttpRequest, account: Account) -> None:
    with scope(account.place.id):
        known = passwords.kept(account.contact)
    if known is None or _fresh(account):
        return
    try:
        try_password(
            account.place.id, account.contact, request.POST.get("present", "")[:1000], visitor(request).ip
        )
    except Refusal as refusal:
        if refusal.code == "password_wrong":
            raise errors.password_needs_proof() from None
        raise


def _fresh(account: Account) -> bool:
    return account.session.created > clock.now() - FRESH


def _tell(account: Account) -> None:
    """Whoever has the contact learns of it, should it not be them who did it."""
    place, contact = account.place, account.contact
    words = {"name": place.profile.name, "phone": place.profile.phone}
    message = Message(
        channel="sms" if contact.kind == "phone" else "email",
        to=contact.value,
        language=place.language,
        subject="" if contact.kind == "phone" else _("A password for %(name)s was set") % words,
        body=_("A password for your account at %(name)s was set. If this was not you, call %(phone)s.")
        % words,
        purpose="password_set",
        key=secrets.token_hex(16),
    )
    outgoing.post(place.id, message, contact.shown)


def _page(
    request: HttpRequest, place: Place, typed: str = "", refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        "typed": typed,
        "target": place.outside("me-password-session"),
        "code_url": place.outside("me"),
        "at_password": refusal is not None and refusal.field == "password",
        **asking.refused(refusal),
    }
    response = show(request, place, "front/me/password.html", context, refusal.status if refusal else 200)
    return asking.retry(private(response), refusal)


def _own(request: HttpRequest, account: Account, refusal: Refusal | None = None) -> HttpResponse:
    place, known = account.place, passwords.kept(account.contact)
    context = {
        "has_one": known is not None,
        "asks_present": known is not None and not _fresh(account),
        "shown": account.contact.shown,
        "username": account.contact.value,
        "target": place.outside("me-own-password-change"),
        "me_url": place.outside("me"),
        "at_present": refusal is not None and refusal.field == "present",
        **asking.refused(refusal),
    }
    response = show(request, place, "front/me/own_password.html", context, refusal.status if refusal else 200)
    return asking.retry(private(response), refusal)
