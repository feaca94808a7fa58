"""Note how a delivery went."""

from visita.foundation import clock
from visita.foundation.action import Action
from visita.messaging.models import Delivery, DeliveryState


@Action
def settle(delivery_id: int, state: DeliveryState, *, reference: str = "", reason: str = "") -> None:
    """Only what is on its way is settled: a second word about a delivery changes nothing."""
    open_ = Delivery.objects.filter(pk=delivery_id, state=DeliveryState.SENDING)
    open_.update(state=state, reference=reference[:200], reason=reason[:200], settled_at=clock.now())
