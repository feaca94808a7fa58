"""Give a discount on a visit, or take one back: a line with its reason and who gave it (VS-02)."""

from dataclasses import dataclass

from visita.activity.record import record
from visita.bookings import discounts, errors, verbs
from visita.bookings.discounts import Discount
from visita.bookings.locking import appointments, locked
from visita.bookings.models import Visit, VisitStatus
from visita.bookings.news import news
from visita.bookings.requests import Changed
from visita.bookings.retrying import retrying
from visita.bookings.wall import local
from visita.foundation import clock, text
from visita.foundation.actor import Actor
from visita.foundation.numbers import LARGEST_AMOUNT
from visita.foundation.scope import scope

MOST = 10  # lines of one visit


@dataclass(frozen=True, slots=True)
class DiscountWish:
    """Either `percent` of the prices (1 to 100) or an `amount` in minor units, and why."""

    reason: str
    percent: int | None = None
    amount: int | None = None


def discount(
    organization_id: int, visit_id: int, wish: DiscountWish, actor: Actor, *, version: int | None = None
) -> Changed:
    """Add a line; also on a visit that is done, while nothing was paid. Discounts of others since `version` are a reason
    to refuse (changed_meanwhile), other changes are not.

    Refuses bad_discount (also for more than is left), required without a reason, nothing_to_discount, too_many_discounts, invalid_transition for a visit
    that is cancelled or was missed, not_found.
    """
    reason = text.line(wish.reason, field="reason", limit=200, required=True)
    _require(wish)

    def transaction() -> Changed:
        with scope(organization_id, durable=True):
            visit = _locked(visit_id, version)
            lines = discounts.read(visit.discounts)
            parts = appointments(visit_id)
            whole = discounts.gross(visit, parts)
            left = whole - discounts.total(lines, whole)
            if not left:
                raise errors.nothing_to_discount()
            if len(lines) == MOST:
                raise errors.too_many_discounts(MOST)
            number = max((line.number for line in lines), default=0) + 1
            made = Discount(
                number, wish.percent, wish.amount, reason, actor.label[:200], clock.now().isoformat()
            )
            if made.worth(whole) - left > (
                0 if made.percent is None else len(lines)
            ):  # roundings of the others
                raise errors.discount_too_large(
                    left, parts[0].currency, "amount" if made.amount else "percent"
                )
            return _write(visit, [*lines, made], actor, {"given": number})

    return retrying(transaction)


def take_back_discount(
    organization_id: int, visit_id: int, number: int, actor: Actor, *, version: int | None = None
) -> Changed:
    """Remove a line by its number. Refuses not_found, changed_meanwhile, invalid_transition."""

    def transaction() -> Changed:
        with scope(organization_id, durable=True):
            visit = _locked(visit_id, version)
            lines = discounts.read(visit.discounts)
            kept = [line for line in lines if line.number != number]
            if len(kept) == len(lines):
                raise errors.not_found()
            return _write(visit, kept, actor, {"taken_back": number})

    return retrying(transaction)


def _require(wish: DiscountWish) -> None:
    if (wish.percent is None) == (wish.amount is None):
        raise errors.bad_discount("percent")
    if wish.percent is not None and not 1 <= wish.percent <= 100:
        raise errors.bad_discount("percent")
    if wish.amount is not None and not 1 <= wish.amount <= LARGEST_AMOUNT:
        raise errors.bad_discount("amount")


def _locked(visit_id: int, version: int | None) -> Visit:
    visit = locked(visit_id, version, {"discounts": None})
    if visit.status in (VisitStatus.CANCELLED, VisitStatus.NO_SHOW):
        raise errors.invalid_transition(visit.status, visit.status)
    return visit


def _write(visit: Visit, lines: list[Discount], actor: Actor, payload: dict[str, int]) -> Changed:
    after = visit.version + 1
    event = record(
        verbs.DISCOUNTED, "visit", visit.pk, actor, payload, news=news(visit.location_id, local(visit), after)
    )
    rows = [line.as_json() for line in lines]
    Visit.objects.filter(pk=visit.pk).update(discounts=rows, version=after, activity_id=event)
    discounts.spread(visit.pk, event)
    return Changed(visit.pk, visit.status, after)
