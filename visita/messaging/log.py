"""What was sent to a client and how it went: the log of deliveries by its errands. Inside a scope."""

from visita.activity.models import Errand
from visita.messaging.models import Delivery

MOST = 50


def of_client(client_id: int, most: int | None = MOST) -> list[Delivery]:
    """The last letters to the client (None: all), the latest first. Codes are not among them: they belong to a contact."""
    errands = Errand.objects.filter(recipient=f"client:{client_id}").order_by("-id")[:most]
    keys = [f"{each.event_id}:{each.consumer}:{each.recipient}:{each.channel}"[:64] for each in errands]
    return list(Delivery.objects.filter(key__in=keys).order_by("-at", "-id"))
