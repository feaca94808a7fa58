"""A letter to one client: to their phone or else their email, in their language, once for each errand.

For the `carry` half of consumers (docs/worker.md). What is to be said is composed at the last moment, so that nothing is
told that has meanwhile changed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language

from visita.activity.outbox import Errand
from visita.bookings.waitlist import reasons
from visita.clients import queries as clients
from visita.clients.contacts import Contact
from visita.clients.models import Client
from visita.foundation.errors import Refusal
from visita.foundation.scope import current, scope
from visita.messaging import limits, log, outgoing, spelling
from visita.messaging.actions.begin_again import About, Behind
from visita.messaging.message import Message
from visita.messaging.models import Delivery
from visita.tenancy import queries
from visita.tenancy.models import Organization

NOBODY: Final = "—"


@dataclass(frozen=True, slots=True)
class Letter:
    """`subject` is for email only, and so are `html` and `calendar` (with its `method`, as in `Message`); the body may be
    personal and is not part of the value's text in logs."""

    subject: str
    body: str = field(repr=False)
    html: str = field(default="", repr=False)
    calendar: str = field(default="", repr=False)
    method: str = ""


Compose = Callable[[], Letter | None]


def send(
    errand: Errand,
    client_id: int,
    purpose: str,
    compose: Compose,
    *,
    visit_id: int | None = None,
    email: Contact | None = None,
) -> str:
    """Send what `compose` gives, asked in the organization's scope with the client's language active.

    None says that there is nothing to tell any more. A client without contact is noted in the log of deliveries as
    withheld, with the reason; so is one whose phone may not be written to (`limits.hindrance`) and who has no email. `email`: it
    goes there and nowhere else. Raises NotSent, on which the worker tries again. Outside any transaction. Where another letter
    about the visit `visit_id` has told it since, it is not sent.

    Why it was withheld; empty where it left, or there was nothing to tell.
    """
    with scope(errand.organization_id):
        known = log.last_act(visit_id) if visit_id else 0  # before what it says is read
        found = _written(client_id, compose)
        if found is None:
            return ""
        client, language, letter = found
        contact, hindered = _by_email(email, errand.key) if email else _way(client, errand.key)
        by_sms = contact is not None and contact.kind == "phone"
        body = spelling.sms(letter.body) if by_sms else letter.body
        about = About(visit_id, errand.event.id, max(known, errand.event.id)) if visit_id else None
    message = Message(
        channel="sms" if by_sms else "email",
        to=contact.value if contact else NOBODY,
        language=language,
        subject=letter.subject,
        body=body,
        purpose=purpose,
        key=errand.key,
        html="" if by_sms else letter.html,
        calendar="" if by_sms else letter.calendar,
        method="" if by_sms else letter.method,
    )
    shown = contact.shown if contact else NOBODY
    try:
        outgoing.deliver(errand.organization_id, message, shown, withheld=hindered, about=about)
    except Behind:
        return send(errand, client_id, purpose, compose, visit_id=visit_id, email=email)
    return hindered


def unreachable(client_id: int) -> str:
    """The port of those who wait: why no letter would leave to the client now, empty where one would."""
    client = clients.client(client_id)
    contact = contact_of(client)
    if contact is None:
        return reasons.NO_CONTACT
    hindered = limits.would_hinder(contact) if contact.kind == "phone" and not client.email else ""
    return _WAITING.get(hindered, "")


_WAITING: Final = {
    limits.COUNTRY: reasons.NOT_WRITTEN, limits.CROWDED: reasons.CROWDED, limits.BUDGET: reasons.BUDGET,
}  # fmt: skip


def _by_email(email: Contact, key: str) -> tuple[Contact, str]:
    """Tried again it counts once."""
    return email, "" if Delivery.objects.filter(key=key).exists() else limits.hindrance(email)


def _way(client: Client, key: str) -> tuple[Contact | None, str]:
    """Where the letter goes, and why it is withheld; by email where an SMS may not leave. Tried again it counts once."""
    contact = contact_of(client)
    if contact is None:
        return None, "no contact"
    begun = Delivery.objects.filter(key=key).values_list("channel", flat=True).first()
    if begun == "email" and client.email:
        return Contact("email", client.email), ""
    if contact.kind != "phone" or begun:
        return contact, ""
    hindered = limits.hindrance(contact)
    if hindered and client.email:
        return Contact("email", client.email), ""
    return contact, hindered


def linked(path: str, *, short: bool = False) -> str:
    """The whole link to a client page of the running scope, `path` below the organization's: it opens in the language
    the letter is written in, whatever the browser's is, where the pages have several. `short` leaves that to the browser."""
    slug = Organization.objects.values_list("slug", flat=True).get(pk=current())
    if short:
        return f"{settings.SITE_ADDRESS}/{slug}/{path}"
    profile, language = queries.profile(), get_language()
    offered = {profile.language, *profile.languages}
    several = language in offered and len(offered) > 1
    return f"{settings.SITE_ADDRESS}/{slug}/{path}" + (f"?lang={language}" if several else "")


def contact_of(client: Client) -> Contact | None:
    """Where the client is told things: the phone, else the email."""
    if client.phone_e164:
        return Contact("phone", client.phone_e164)
    return Contact("email", client.email) if client.email else None


def _written(client_id: int, compose: Compose) -> tuple[Client, str, Letter] | None:
    try:
        client = clients.client(client_id)
    except Refusal:  # archived meanwhile
        return None
    language = client.language or queries.profile().language
    with translation.override(language):
        letter = compose()
    return None if letter is None else (client, language, letter)
