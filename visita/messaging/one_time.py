"""One-time codes from end to end: ask for one, try one. The only way in for whoever needs a code."""

import secrets
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from visita.clients.actions import issue_code, try_code
from visita.clients.contacts import Contact
from visita.foundation import gsm
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.identity.origin import network
from visita.identity.rate import Limit, forgive, hit
from visita.messaging import errors, limits, outgoing, spelling
from visita.messaging.actions import watch_codes
from visita.messaging.message import Message

_PER_CONTACT: Final = Limit(10, 60)
_PER_ADDRESS: Final = Limit(20, 60)


@dataclass(frozen=True, slots=True)
class Ask:
    """Who wants a code, for what: `challenge` is the secret of the asking page, `name` the organization's.

    `work` and `answer` are the proof of work where one was asked for.
    """

    contact: Contact
    purpose: str
    challenge: str
    name: str
    language: str
    ip: str | None = None
    work: str = ""
    answer: str = ""


def send(organization_id: int, ask: Ask, *, known: bool = True) -> None:
    """Send a code in the language now active. Refuses phone_not_supported, work_needed, too_many_tries.

    `known` False does everything but the sending, so that nobody learns by asking who is a client.
    """
    with scope(organization_id):  # committed even where it refuses below: an ask counts
        refusal, plain = _allowed(ask, known), spelling.is_plain()
    if refusal is not None:
        raise refusal
    code = issue_code(organization_id, ask.contact, ask.purpose, ask.challenge)
    message = _message(ask, code, plain)
    outgoing.post(organization_id, message, ask.contact.shown, withheld=not known, counted=True)
    watch_codes(organization_id)


def check(
    organization_id: int, contact: Contact, purpose: str, challenge: str, typed: str, ip: str | None
) -> None:
    """Returns when the code is right. Refuses code_wrong (with `left`), code_expired, too_many_tries."""
    counted = [(_PER_CONTACT, "code.try.contact", contact.value)]
    counted += [(_PER_ADDRESS, "code.try.address", network(ip))] if ip else []
    for limit, route, principal in counted:
        try:
            hit(limit, organization_id, route, principal)
        except Refusal as refusal:
            raise errors.too_many_asks(refusal.extra["retry_after"]) from None
    try_code(organization_id, contact, purpose, challenge, typed)
    for limit, route, principal in counted:  # who types it right has used up nothing
        forgive(limit, str(organization_id), route, principal)


def _allowed(ask: Ask, known: bool) -> Refusal | None:
    try:
        limits.require_allowed(ask.contact, ask.ip, ask.work, ask.answer, leaves=known)
    except Refusal as refusal:
        return refusal
    return None


def _message(ask: Ask, code: str, plain: bool) -> Message:
    words, by_sms = {"code": code, "name": ask.name}, ask.contact.kind == "phone"
    body = _("%(code)s is your code for %(name)s. It works for 10 minutes. Tell it to nobody.") % words
    return Message(
        channel="sms" if by_sms else "email",
        to=ask.contact.value,
        language=ask.language,
        subject="" if by_sms else _("Your code for %(name)s") % words,
        body=gsm.plain(body) if by_sms and plain else body,
        purpose=ask.purpose,
        key=secrets.token_hex(16),
    )
