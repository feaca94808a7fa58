"""What was sent and how it went: to a client, by the errands of their letters, and about a visit. Inside a scope."""

from visita.activity.models import Activity, Errand
from visita.messaging.models import Delivery

MOST = 50


def of_client(client_id: int, most: int | None = MOST) -> list[Delivery]:
    """The last letters to the client (None: all), the latest first. Codes are not among them: they belong to a contact."""
    errands = Errand.objects.filter(recipient=f"client:{client_id}").order_by("-id")[:most]
    keys = [f"{each.event_id}:{each.consumer}:{each.recipient}:{each.channel}"[:64] for each in errands]
    return list(Delivery.objects.filter(key__in=keys).order_by("-at", "-id"))


def of_visit(visit_id: int) -> list[Delivery]:
    """The letters about the visit, the latest first."""
    return list(Delivery.objects.filter(visit_id=visit_id).order_by("-id")[:MOST])


def last_act(visit_id: int) -> int:
    """The last event about the visit: up to it a letter composed now tells everything; 0 where there is none."""
    acts = Activity.objects.filter(object_kind="visit", object_id=visit_id).order_by("-id")
    return acts.values_list("id", flat=True).first() or 0
