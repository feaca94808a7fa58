"""Discounts of a visit at the desk: given with a reason, and taken back."""

from visita.bookings import actions
from visita.bookings.actions import DiscountWish
from visita.bookings.requests import Changed
from visita.foundation.scope import scope
from visita.identity import rights
from visita.tenancy import queries
from visita.web.components.amounts import minor
from visita.web.desk.changes import a_change, require
from visita.web.desk.door import Guest
from visita.web.desk.reading import Body


@a_change
def give(guest: Guest, visit: int, sent: Body) -> Changed:
    """`kind` (percent, amount), `size` as typed, `reason`, `version`."""
    require(guest, visit, rights.VISITS_DISCOUNT)
    version, size = sent.required("version"), sent.text("size", 20)
    if sent.text("kind", 8) == "amount":
        with scope(guest.organization.pk):
            currency = queries.profile().currency
        wish = DiscountWish(sent.text("reason"), amount=minor(size, currency, "size") or 0)
    else:
        wish = DiscountWish(sent.text("reason"), percent=Body({"size": size.rstrip("% ")}).required("size"))
    return actions.discount(guest.organization.pk, visit, wish, guest.actor, version=version)


@a_change
def take_back(guest: Guest, visit: int, sent: Body) -> Changed:
    """`number` of the line, `version`."""
    require(guest, visit, rights.VISITS_DISCOUNT)
    number, version = sent.required("number"), sent.required("version")
    return actions.take_back_discount(guest.organization.pk, visit, number, guest.actor, version=version)
