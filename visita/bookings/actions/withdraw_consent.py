"""A client takes back the agreement to marketing; what was accepted stays as evidence, and so does this."""

from visita.activity.record import record
from visita.bookings import consents, verbs
from visita.bookings.models import Withdrawal
from visita.clients import queries as clients
from visita.foundation import clock
from visita.foundation.action import Action
from visita.foundation.actor import Actor


@Action
def withdraw_consent(client_id: int, *, actor: Actor) -> int:
    """Withdraw every agreement to marketing that the client gave with any visit; how many there were.

    The client's row is locked, so that a form sent twice withdraws once. Refuses not_found.
    """
    client_id = clients.present(client_id)
    given = consents.living(client_id)
    if not given:
        return 0
    event = record(
        verbs.CONSENT_WITHDRAWN, "client", client_id, actor, {"accepted": [each.pk for each in given]}
    )
    Withdrawal.objects.bulk_create(
        Withdrawal(acceptance_id=each.pk, at=clock.now(), ip=actor.ip, source=actor.source, activity_id=event)
        for each in given
    )
    return len(given)
