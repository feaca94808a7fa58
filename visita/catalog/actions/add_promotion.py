"""Add a promotion of a service, or end one."""

from collections.abc import Mapping, Sequence
from datetime import date

from visita.activity.record import record
from visita.catalog import queries, verbs
from visita.catalog.errors import bad_promotion, not_found
from visita.catalog.models import Promotion
from visita.foundation import clock, numbers, text
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.foundation.sequence import next_id


@Action
def add_promotion(
    service_id: int,
    name: Mapping[str, str],
    *,
    valid_from: date,
    actor: Actor,
    valid_to: date | None = None,
    price_minor: int | None = None,
    percent: int | None = None,
    weekdays: Sequence[int] = (),
    start: int = 0,
    end: int = 1440,
    only: bool = False,
) -> Promotion:
    """A price in minor units or percent off, for visits that start on these dates, weekdays (0 = Monday) and minutes
    of the wall clock. With `only` clients may book the service in the hours of its promotions alone.

    Refuses not_found, required, bad_promotion, bad_number, bad_interval, bad_amount.
    """
    if (price_minor is None) == (percent is None) or (valid_to is not None and valid_to < valid_from):
        raise bad_promotion()
    service = queries.service(service_id)
    pk = next_id(Promotion)
    event = record(verbs.PROMOTION_ADDED, "service", service.pk, actor, {"promotion": pk})
    first = numbers.whole(start, field="start", low=0, high=1439, code="bad_interval")
    return Promotion.objects.create(
        pk=pk,
        activity_id=event,
        service_id=service.pk,
        name=text.words(name, field="name", limit=80, required=True),
        price_minor=None if price_minor is None else numbers.amount(price_minor),
        percent=None if percent is None else numbers.whole(percent, field="percent", low=1, high=100),
        valid_from=valid_from,
        valid_to=valid_to,
        weekdays=sorted({numbers.whole(day, field="weekdays", low=0, high=6) for day in weekdays}),
        start=first,
        end=numbers.whole(end, field="end", low=first + 1, high=1440, code="bad_interval"),
        only=only,
    )


@Action
def end_promotion(promotion_id: int, *, actor: Actor) -> None:
    """Take a promotion away; visits booked at its price keep it. Refuses not_found."""
    found = Promotion.objects.select_for_update(no_key=True).filter(pk=promotion_id, archived_at=None).first()
    if found is None:
        raise not_found()
    found.activity_id = record(
        verbs.PROMOTION_ENDED, "service", found.service_id, actor, {"promotion": promotion_id}
    )
    found.archived_at = clock.now()
    found.save()
