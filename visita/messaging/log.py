"""What was sent and how it went: to a client, by the errands of their letters, and about a visit. Inside a scope."""

from collections.abc import Collection

from django.db.models import Max

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
    return last_acts([visit_id])[visit_id]


def last_acts(visits: Collection[int]) -> dict[int, int]:
    """The same of several."""
    acts = Activity.objects.filter(object_kind="visit", object_id__in=visits).values_list("object_id")
    return dict.fromkeys(visits, 0) | dict(acts.annotate(Max("id")))
