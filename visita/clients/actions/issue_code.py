"""Issue a one-time code for a contact: it takes the place of the one before."""

from visita.clients import codes
from visita.clients.contacts import Contact
from visita.clients.models import OneTimeCode
from visita.foundation import clock, ids
from visita.foundation.action import Action


@Action
def issue_code(contact: Contact, purpose: str, challenge: str) -> str:
    """The code, to be sent and never shown; `challenge` names the page that asks and will bring it back.

    Without an event: the delivery is the record, and a code asked for by a stranger says nothing about the client.
    """
    code, now = codes.fresh(), clock.now()
    bound = ids.digest(challenge)
    OneTimeCode.objects.update_or_create(
        purpose=purpose,
        contact=contact.key,
        defaults={
            "challenge": bound,
            "digest": codes.digest(code, bound),
            "attempts": codes.TRIES,
            "created": now,
            "expires_at": now + codes.LIFE,
            "used_at": None,
        },
    )
    return code
