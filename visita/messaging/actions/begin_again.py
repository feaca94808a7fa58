"""Note that an errand's message is about to leave, for the first time or once more."""

from dataclasses import dataclass

from visita.bookings.models import Visit
from visita.foundation import clock
from visita.foundation.action import Action
from visita.messaging import adapters, log
from visita.messaging.message import Message
from visita.messaging.models import Delivery, DeliveryState

MAYBE_DOUBLE = "maybe_duplicate"


@dataclass(frozen=True, slots=True)
class About:
    """A letter about a visit, because of an `event`; `told` is the last act on the visit that the letter knows of."""

    visit_id: int
    event: int
    told: int


class Behind(Exception):
    """Something happened to the visit after its letter was composed: it is to be composed anew."""


@Action
def begin_again(
    message: Message, recipient: str, *, withheld: str = "", about: About | None = None
) -> Delivery | None:
    """The row of the log, made or taken up again by the message's key; None where it has left already, and where a
    letter about another event of the same visit has told this one's news.

    A row still on its way is of an attempt that died: its reason becomes `maybe_duplicate`. Raises Behind.
    """
    if about is not None and _is_told(about):
        return None
    known = {} if about is None else {"visit_id": about.visit_id, "told": about.told}
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
            **known,
        },
    )
    if made:
        return delivery
    if delivery.state in (DeliveryState.SENT, DeliveryState.WITHHELD):
        return None
    delivery.reason = MAYBE_DOUBLE if delivery.state == DeliveryState.SENDING else ""
    delivery.state = DeliveryState.SENDING
    delivery.told = known.get("told")
    delivery.save(update_fields=["state", "reason", "told"])
    return delivery


def _is_told(about: About) -> bool:
    """Under the visit's lock, so that of two workers with two letters about it one sees the other's."""
    Visit.objects.select_for_update(no_key=True).filter(pk=about.visit_id).values("pk").first()
    if log.last_act(about.visit_id) > about.told:
        raise Behind
    others = Delivery.objects.filter(visit_id=about.visit_id, told__gte=about.event)
    left = others.filter(state__in=(DeliveryState.SENDING, DeliveryState.SENT))
    return left.exclude(key__startswith=f"{about.event}:").exists()
