"""Try the password of a contact: counted before anything is compared, and the same answer for whoever is unknown."""

from typing import Final

from visita.clients import errors, passwords, patience
from visita.clients.contacts import Contact
from visita.foundation import clock, scope
from visita.foundation.errors import Refusal
from visita.identity.origin import network
from visita.identity.rate import Limit, forgive, hit

_PER_CONTACT: Final = Limit(10, 60)
_PER_ADDRESS: Final = Limit(20, 60)


def try_password(organization_id: int, contact: Contact, typed: str, ip: str | None) -> None:
    """Returns when it is right. Refuses password_wrong (unknown, without a password, wrong: all one) and
    too_many_guesses; a code still leads in after that."""
    counted = [(_PER_CONTACT, "password.contact", contact.value)]
    counted += [(_PER_ADDRESS, "password.address", network(ip))] if ip else []
    for limit, route, principal in counted:
        try:
            hit(limit, organization_id, route, principal)
        except Refusal as refusal:
            raise errors.too_many_guesses(refusal.extra["retry_after"]) from None
    with scope.scope(organization_id):
        until = patience.over(passwords.key(contact))
        known = passwords.opening(contact)
    if until:
        raise errors.too_many_guesses(max(1, int((until - clock.now()).total_seconds())))
    right = passwords.right(known, typed)
    with scope.scope(organization_id, durable=True):
        if right:
            patience.forget(passwords.key(contact))
        else:
            patience.count_wrong(passwords.key(contact))
    if not right:
        raise errors.password_wrong()
    for limit, route, principal in counted:  # who types it right has used up nothing
        forgive(limit, str(organization_id), route, principal)
