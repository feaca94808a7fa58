"""The way to the waitlist from who-and-when."""

from typing import TYPE_CHECKING, Any

from visita.tenancy import settings
from visita.web.front.offer import Offer

if TYPE_CHECKING:
    from visita.web.front.when import WhenPage


def url(page: "WhenPage") -> str:
    """The form for what is chosen, from the day that is shown; empty while a visit is moved, or without a waitlist."""
    subject = page.subject
    services = [part.service for part in subject.parts]
    if page.way.base != "home" or not all(kept(page.offer, subject.location, each) for each in services):
        return ""
    query = page.choice.query(location=subject.location, service=subject.service.pk, day=page.day, at=None)
    return page.place.url("waitlist", query | {"seats": subject.seats})


def kept(found: Offer, location: int, service: Any) -> bool:
    """Whether the organization keeps a waitlist for a service there."""
    of = {"specialty": service.specialty_id, "service": service.pk}
    return bool(settings.value(found.rows, "waitlist", location=location, **of))
