"""Whether a page's code was typed back: the same page may then go on, and be sent twice, without another. In a scope."""

from datetime import timedelta

from visita.clients.contacts import Contact
from visita.clients.models import OneTimeCode
from visita.foundation import clock, ids

LASTS = timedelta(minutes=30)


def proved(contact: Contact, purpose: str, challenge: str) -> bool:
    """The contact was shown to be theirs on the page of this challenge, within the last half hour."""
    return OneTimeCode.objects.filter(
        purpose=purpose,
        contact=contact.key,
        challenge=ids.digest(challenge),
        used_at__gt=clock.now() - LASTS,
    ).exists()
