"""The client these details belong to, registered if nobody fits: what every booking by a client does."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from visita.clients import addresses, policies
from visita.clients.details import Checked, Details
from visita.clients.matching import address_key, name_key
from visita.clients.meeting import meet, meet_ahead
from visita.clients.models import Client
from visita.clients.storing import insert
from visita.foundation import prepared, scope
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.foundation.prepared import Question, Rows
from visita.tenancy import queries

# By hand, since every booking asks it; an empty phone, email or external id is nobody's. A merged record still counts:
# it stands for its survivor.
_CANDIDATES = """
SELECT coalesce(merged_into_id, id), first_name, last_name, source, external_id FROM clients_client
WHERE organization_id = %(o)s AND (archived_at IS NULL OR merged_into_id IS NOT NULL)
  AND (phone_e164 = nullif(%(phone)s, '') OR email = nullif(%(email)s, '')
  OR (source = %(source)s AND external_id = nullif(%(external)s, '')))
UNION
SELECT coalesce(c.merged_into_id, c.id), c.first_name, c.last_name, c.source, c.external_id FROM clients_searchkey k
JOIN clients_client c ON c.organization_id = k.organization_id AND c.id = k.client_id
WHERE k.organization_id = %(o)s AND k.key = nullif(%(place)s, '')
  AND (c.archived_at IS NULL OR c.merged_into_id IS NOT NULL)"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that shares the phone, the email or the address; `id` is whom it stands for."""

    id: int
    first_name: str
    last_name: str
    source: str
    external_id: str | None


@dataclass(frozen=True, slots=True)
class Sought:
    """Who is being looked for, behind the locks of `seek`; both answers may still be on their way."""

    checked: Checked
    reserved: Callable[[], int]
    fits: Callable[[], list[int]]


def seek(details: Details, country: str, *, lenient: bool = False) -> Sought:
    """Begin to look for the client of these details, without waiting; in a scope, before any row is locked."""
    checked = details.checked(country, lenient=lenient)
    reserved = prepared.later(_one_at_a_time(checked))
    return Sought(checked, reserved, prepared.later(fits_of(checked)))


@Action
def find_or_register(
    details: Details, *, actor: Actor, country: str | None = None, lenient: bool = False
) -> Client:
    """The same first and last name (folded) and the same phone, email or address is the same client; never overwrites.

    What is said otherwise is kept as a difference for staff. Nobody fitting gives a new record, several a new record
    that staff are asked to look at. With `external_id` the imported record of that id is taken.
    """
    return _met_or_new(seek(details, country or queries.profile().country, lenient=lenient), actor)


def id_of(sought: Sought, actor: Actor) -> int:
    """The id of the same client, for whoever is about to write more: nobody waits for the lock on a known one, nor for a
    new one to be written. What follows may raise an IntegrityError named `meeting.GONE`."""
    fits = sought.fits()
    if len(fits) != 1 or sought.checked.details.address:
        return _met_or_new(sought, actor).pk
    meet_ahead(fits[0], sought.checked, actor)
    return fits[0]


def _met_or_new(sought: Sought, actor: Actor) -> Client:
    checked, fits = sought.checked, sought.fits()
    met = meet(fits[0], checked, actor) if len(fits) == 1 else None
    client = met or insert(checked, actor, fits if len(fits) > 1 else (), sought.reserved())
    if checked.details.address:
        addresses.said(client, checked.details.address, actor, known=met is not None)
    return client


def known(details: Details, country: str) -> Client | None:
    """Who that would be, without registering anybody."""
    fits = prepared.ask(fits_of(details.checked(country)))
    found = Client.objects.filter(pk=fits[0]).first() if len(fits) == 1 else None
    while found is not None and found.archived_at is not None:
        survivor = found.merged_into_id
        found = None if survivor is None else Client.objects.filter(pk=survivor).first()
    return found


def _one_at_a_time(checked: Checked) -> Question[int]:
    """Two bookings of one new person at the same moment must not make two records: the second waits here.

    The lock is by name, because either of phone and email may be what they share; then by each contact in order, so
    that what one phone or email has booked can be counted. Taken first of all, before any row lock, and by nobody else.
    The answer is the id of a new record, should there be one.
    """
    name = name_key(checked.details.first_name, checked.details.last_name)
    contacts = sorted(contact for contact in (checked.phone.e164, checked.details.email) if contact)
    keys = [
        _key(f"client|{scope.current()}|{name}"),
        *(_key(f"{scope.current()}|{each}") for each in contacts),
    ]
    return Question(_LOCKS[len(keys)], keys, lambda rows: int(rows[0][0]))


_LOCKS = {
    count: "SELECT nextval('clients_client_id_seq')" + ", pg_advisory_xact_lock(%s)" * count
    for count in (1, 2, 3)
}


def _key(text: str) -> int:
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def fits_of(checked: Checked) -> Question[list[int]]:
    """Whom these details fit, each once; asked inside a scope."""
    details = checked.details
    values: dict[str, str | int] = {"o": scope.current(), "phone": checked.phone.e164, "email": details.email,
              "source": details.source, "external": details.external_id or "",
              "place": address_key(details.address)}  # fmt: skip

    def read(rows: Rows) -> list[int]:
        candidates = [Candidate(*row) for row in rows]
        if details.external_id:
            own = (details.source, details.external_id)
            return [each.id for each in candidates if (each.source, each.external_id) == own][:1]
        return policies.the_same(candidates, checked)

    return Question(_CANDIDATES, values, read)
