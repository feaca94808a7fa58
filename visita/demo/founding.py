"""Making an example business from its plan: everything but its visits, in one transaction after its organization."""

from datetime import date, timedelta
from typing import Any

from visita.catalog import actions as catalog
from visita.catalog.policies import Need, Offer
from visita.clients import actions as clients
from visita.demo import marks, papers
from visita.demo.people import subject_of, told
from visita.demo.plan import Business, Calendar, Deal, Hours, Offered, Place, clock_minutes, span
from visita.foundation import clock
from visita.foundation.actor import SYSTEM
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling
from visita.scheduling.policies import Pattern
from visita.tenancy import actions as tenancy
from visita.tenancy import queries
from visita.tenancy.models import Organization

AGO = timedelta(days=400)  # so long the businesses have been here; their hours of then are known
EPOCH = date(2024, 1, 1)  # the Monday working time counts from: long before anything booked
Ids = dict[str, int]


def found(business: Business) -> tuple[Organization, bool]:
    """The organization of the plan and whether it was made just now. Interrupted, it is finished the next time."""
    organization = queries.by_slug(business.slug)
    if organization is None:
        with clock.at(clock.now() - AGO):
            organization = _organization(business)
    with scope(organization.pk, durable=True):
        if marks.dates(marks.FOUNDED):
            return organization, False
        _furnish(business)
        marks.note(marks.FOUNDED)
    return organization, True


def _organization(business: Business) -> Organization:
    return tenancy.create_organization(
        business.slug,
        name=business.name,
        trade=business.trade,
        language=business.language,
        languages=business.languages or (business.language, "en"),
        zone=business.zone,
        country=business.country,
        currency=business.currency,
        phone=business.phone,
        email=f"hello@{business.domain}",
        accent=business.accent,
        notice=business.notice,
        policy=business.policy,
        confirmation=business.confirmation,
        actor=SYSTEM,
    )


def _furnish(business: Business) -> None:
    with clock.at(clock.now() - AGO):
        services = _team(business)
    papers.ask(business, services)
    _instead(business, services)
    for deal in business.deals:
        _deal(deal, services)
    for key, value in business.settings.items():
        tenancy.set_setting.here(key, value, actor=SYSTEM)
    for at, (code, name) in enumerate(business.kinds.items()):
        catalog.add_kind.here(code, name, position=at, actor=SYSTEM)
    _clients(business)


def _team(business: Business) -> Ids:
    """Places, people and rooms with their hours, and the services they give; the services' ids by key."""
    places = {place.key: _place(place, business.zone, at) for at, place in enumerate(business.places)}
    calendars = {one.key: _calendar(one, places, at) for at, one in enumerate(business.calendars)}
    groups = {
        group.key: catalog.add_specialty.here(
            group.name, base_minutes=group.base, capacity=group.capacity, position=at, actor=SYSTEM
        ).pk
        for at, group in enumerate(business.groups)
    }
    return {
        offered.key: _service(offered, groups, calendars, at) for at, offered in enumerate(business.services)
    }


def _instead(business: Business, services: Ids) -> None:
    """Who may not have a service is shown the one that is for them: `offer` names it by key in the plan."""
    for one in business.services:
        rule = one.settings.get("eligibility", {})
        if "offer" in rule:
            rule = {**rule, "offer": services[rule["offer"]]}
            place: dict[str, Any] = {"scope_kind": "service", "scope_id": services[one.key]}
            tenancy.set_setting.here("eligibility", rule, actor=SYSTEM, **place)


def _deal(deal: Deal, services: Ids) -> None:
    start, end = span(deal.hours)
    today = clock.now().date()
    catalog.add_promotion.here(
        services[deal.service], deal.name, percent=deal.percent, weekdays=[int(day) for day in deal.days],
        start=start, end=end, valid_from=today, valid_to=today + timedelta(weeks=deal.weeks), actor=SYSTEM,
    )  # fmt: skip


def _place(place: Place, zone: str, position: int) -> int:
    start, end = span(place.journal)
    location = tenancy.add_location.here(
        name=place.name,
        address=place.address,
        city=place.city,
        zone=zone,
        phone=place.phone,
        journal_start=start,
        journal_end=end,
        position=position,
        external_id=place.key,
        actor=SYSTEM,
    )
    return location.pk


def _calendar(one: Calendar, places: Ids, position: int) -> int:
    at = dict.fromkeys(hours.at for hours in one.hours)
    resource = scheduling.add_resource.here(
        kind=one.kind,
        name=one.name,
        title=one.title,
        occupation=one.occupation,
        online=one.online,
        position=position,
        external_id=one.key,
        location_ids=[places[key] for key in at],
        actor=SYSTEM,
    )
    for key in at:
        plan = [pattern for hours in one.hours if hours.at == key for pattern in _patterns(hours)]
        scheduling.set_working_time.here(resource.pk, places[key], plan, actor=SYSTEM)
    return resource.pk


def _patterns(hours: Hours) -> list[Pattern]:
    since = next(
        day
        for day in (EPOCH + timedelta(weeks=week) for week in range(2))
        if hours.weeks == 1 or _in_phase(hours, day)
    )
    return [
        Pattern(int(day), *span(text), valid_from=since, every_weeks=hours.weeks)
        for day in hours.days
        for text in hours.spans
    ]


def _in_phase(hours: Hours, monday: date) -> bool:
    return monday.toordinal() // 7 % hours.weeks == hours.phase


def _service(offered: Offered, groups: Ids, calendars: Ids, position: int) -> int:
    service = catalog.add_service.here(
        offered.name,
        specialty_id=groups[offered.group],
        minutes=offered.minutes,
        price_minor=_minor(offered.price),
        resources=[Offer(calendars[by.key], by.minutes, _minor(by.price)) for by in offered.by],
        requirements=[Need([calendars[key] for key in group]) for group in offered.needs],
        position=position,
        external_id=offered.key,
        actor=SYSTEM,
        **_fields(offered),
    )
    for key, value in offered.settings.items():
        if key == "eligibility" and "offer" in value:
            continue  # set once all services have their ids
        tenancy.set_setting.here(key, value, actor=SYSTEM, scope_kind="service", scope_id=service.pk)
    return service.pk


def _fields(offered: Offered) -> dict[str, Any]:
    fields = dict(offered.fields)
    if "start_hours" in fields:
        fields["start_hours"] = [clock_minutes(text) for text in fields["start_hours"]]
    return fields


def _minor(price: int | None) -> int | None:
    return None if price is None else price * 100


def _clients(business: Business) -> None:
    for number in range(business.clients):
        client = clients.register.here(
            told(business, number), actor=SYSTEM, country=business.country, lenient=True
        )
        about = subject_of(business, number)
        if about is not None:
            kind, name, facts = about
            clients.add_subject.here(client.pk, kind, name, details=facts, actor=SYSTEM)
