"""Another phone or email: a code to the new one, a notice to the old one."""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from visita.clients import contacts, errors
from visita.clients.actions import change as change_client
from visita.clients.actions import follow_contact
from visita.clients.contacts import Contact
from visita.clients.models import Client
from visita.foundation import phones
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.messaging import outgoing
from visita.messaging.message import Message
from visita.web.front.me import asking, note, person
from visita.web.front.me.account import Account, mine, mine_acting
from visita.web.front.me.note import Note
from visita.web.front.page import show

PURPOSE = "change"
KINDS = ("phone", "email")


@mine
def page(request: HttpRequest, account: Account, person: int, kind: str) -> HttpResponse:
    """GET: the question for the new one."""
    return _page(request, account, account.person(person), kind)


@mine_acting
def change(request: HttpRequest, account: Account, person: int, kind: str) -> HttpResponse:
    """POST `contact`: send a code to it; with `code_note` and `code` it is kept."""
    client = account.person(person)
    asked = note.read(request.POST.get("code_note", ""), account.place.id, PURPOSE)
    if asked is None or (asked.about, asked.kind) != (client.pk, kind):
        return _ask(request, account, client, kind)
    way = _way(account, client, kind)
    if "again" in request.POST:
        return asking.again(request, account.place, asked, known=True, **way)
    try:
        asking.check(request, account.place, asked)
        _keep(request, account, client, asked)
    except Refusal as refusal:
        return asking.code_page(request, account.place, asked, refusal=refusal, **way)
    return redirect(account.place.outside("me-person", {"saved": 1}, person=str(client.pk)))


def _ask(request: HttpRequest, account: Account, client: Client, kind: str) -> HttpResponse:
    place, typed = account.place, request.POST.get("contact", "")[:254].replace("\x00", "")
    try:
        found = contacts.read(typed, place.profile.country)
        if kind not in KINDS or found.kind != kind:
            raise Refusal("contact_invalid", 422, _wrong_kind(kind), field="contact")
        asked = note.new(place.id, PURPOSE, found, client.pk)
        asking.send(request, place, asked)
    except Refusal as refusal:
        with scope(place.id):
            return _page(request, account, client, kind, typed, refusal)
    return asking.code_page(request, place, asked, **_way(account, client, kind))


def _wrong_kind(kind: str) -> str:
    return _("Type a mobile phone.") if kind == "phone" else _("Type an email address.")


def _keep(request: HttpRequest, account: Account, client: Client, asked: Note) -> None:
    old = client.phone_e164 if asked.kind == "phone" else client.email
    actor, place = account.actor(request, client), account.place
    with scope(place.id, durable=True):
        change_client.here(client.pk, person.details(client, **{asked.kind: asked.value}), actor=actor)
        follow_contact.here(account.session.pk, asked.contact, actor=actor)
    if old and old != asked.value:
        _tell(account, Contact(asked.contact.kind, old), asked.contact)


def _tell(account: Account, old: Contact, new: Contact) -> None:
    """Whoever did not change it learns of it while the old contact still reaches them."""
    place = account.place
    words = {"name": place.profile.name, "new": new.shown, "phone": place.profile.phone}
    message = Message(
        channel="sms" if old.kind == "phone" else "email",
        to=old.value,
        language=place.language,
        subject="" if old.kind == "phone" else _("Your contact at %(name)s was changed") % words,
        body=_("Your contact at %(name)s is now %(new)s. If this was not you, call %(phone)s.") % words,
        purpose="contact_changed",
        key=secrets.token_hex(16),
    )
    outgoing.post(place.id, message, old.shown)


def _way(account: Account, client: Client, kind: str) -> dict[str, Any]:
    parts = {"person": str(client.pk), "kind": kind}
    place = account.place
    return {
        "target": place.outside("me-contact-change", None, **parts),
        "back": place.outside("me-contact", None, **parts),
    }


def _page(
    request: HttpRequest,
    account: Account,
    client: Client,
    kind: str,
    typed: str = "",
    refusal: Refusal | None = None,
) -> HttpResponse:
    if kind not in KINDS:
        raise errors.not_found()
    place = account.place
    context = {
        "kind": kind,
        "present": client.phone if kind == "phone" else client.email,
        "typed": typed,
        "example": phones.example(place.profile.country) if kind == "phone" else "",
        "target": place.outside("me-contact-change", person=str(client.pk), kind=kind),
        "back_url": place.outside("me-person", person=str(client.pk)),
        **asking.refused(refusal),
    }
    response = show(request, place, "front/me/contact.html", context, refusal.status if refusal else 200)
    return asking.retry(response, refusal)
