"""Note that an errand's message is about to leave, for the first time or once more."""

from visita.foundation import clock
from visita.foundation.action import Action
from visita.messaging import adapters
from visita.messaging.message import Message
from visita.messaging.models import Delivery, DeliveryState

MAYBE_DOUBLE = "maybe_duplicate"


@Action
def begin_again(message: Message, recipient: str, *, withheld: str = "") -> Delivery | None:
    """The row of the log, made or taken up again by the message's key; None where it has left already.

    A row still on its way is of an attempt that died: its reason becomes `maybe_duplicate`.
    """
    delivery, made = Delivery.objects.select_for_update(no_key=True).get_or_create(
        key=message.key,
        defaults={
            "channel": message.channel,
            "purpose": message.purpose,
            "recipient": recipient,
            "adapter": ",".join(each.name for each in adapters.chosen(message.channel)),
            "state": DeliveryState.WITHHELD if withheld else DeliveryState.SENDING,
            "reason": withheld,
            "at": clock.now(),
        },
    )
    if made:
        return delivery
    if delivery.state in (DeliveryState.SENT, DeliveryState.WITHHELD):
        return None
    delivery.reason = MAYBE_DOUBLE if delivery.state == DeliveryState.SENDING else ""
    delivery.state = DeliveryState.SENDING
    delivery.save(update_fields=["state", "reason"])
    return delivery
