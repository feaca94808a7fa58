"""Note that a message is about to leave, before it does: what was sent is known even after a crash."""

from visita.foundation import clock
from visita.foundation.action import Action
from visita.messaging import adapters
from visita.messaging.message import Message
from visita.messaging.models import Delivery, DeliveryState


@Action
def begin(message: Message, recipient: str, *, withheld: bool = False) -> Delivery:
    """The row of the log. `recipient` is masked by the caller; a withheld message is written all the same."""
    return Delivery.objects.create(
        key=message.key,
        channel=message.channel,
        purpose=message.purpose,
        recipient=recipient,
        adapter=",".join(each.name for each in adapters.chosen(message.channel)),
        state=DeliveryState.WITHHELD if withheld else DeliveryState.SENDING,
        at=clock.now(),
    )
