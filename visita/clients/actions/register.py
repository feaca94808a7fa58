"""Register a new client."""

from visita.clients import addresses
from visita.clients.actions.find_or_register import fits_of
from visita.clients.details import Details
from visita.clients.models import Client
from visita.clients.storing import insert
from visita.foundation import prepared
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.tenancy import queries


@Action
def register(details: Details, *, actor: Actor, country: str | None = None, lenient: bool = False) -> Client:
    """A new client, whoever else has the same name; where phone, email or address are the same too, staff are asked to
    look at both. Refuses text_invalid, too_long, phone_invalid, email_invalid.

    `country` (default: the organization's) reads phones without prefix; `lenient` keeps unreadable ones as text.
    """
    checked = details.checked(country or queries.profile().country, lenient=lenient)
    doubles = [] if checked.details.external_id else prepared.ask(fits_of(checked))
    client = insert(checked, actor, doubles)
    if checked.details.address:
        addresses.said(client, checked.details.address, actor, known=False)
    return client
