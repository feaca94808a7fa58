"""Refusals of booking, in domain words; codes and statuses as in the table of bad input."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from visita.foundation.errors import Refusal
from visita.foundation.formats import formats_for
from visita.foundation.phones import unbroken


class Lost(Exception):
    """Somebody was faster on the locked resource; the action tries the next one in a new transaction."""


class RulesChanged(Exception):
    """What a booking was made by is no longer so, its rules or its client: nothing was written, it is tried again by what
    holds now."""


class LimitReached(Exception):
    """The contact has booked as much as it may: nothing was written."""


def slot_taken(alternatives: list[dict[str, Any]]) -> Refusal:
    """409: the time went to somebody else; carries up to three near times."""
    message = _("This time was just booked. Here are the nearest free times.")
    return Refusal("slot_taken", 409, message, alternatives=alternatives)


def not_found() -> Refusal:
    """404: unknown and another tenant's look alike."""
    return Refusal("not_found", 404, _("There is nothing here."))


def link_invalid() -> Refusal:
    """404: one text for wrong, expired and unknown links."""
    return Refusal("link_invalid", 404, _("This link is not valid any more. Ask for a new one."))


def location_required() -> Refusal:
    """422: there are several locations and none was named."""
    return Refusal("location_required", 422, _("Choose a location first."), field="location")


def not_offered(field: str = "start") -> Refusal:
    """422: not a start the engine offers (off the grid, closed, outside hours)."""
    return Refusal(
        "not_offered", 422, _("This time is not offered. Choose one of the free times."), field=field
    )


def class_date_required() -> Refusal:
    """422: a class is held on its dates, and one of them has to be named."""
    return Refusal("class_date_required", 422, _("Choose a date of this class."), field="start")


def leaves_gap() -> Refusal:
    """422: the start would leave a rest nobody could book; the action adds near times that do not."""
    refusal = not_offered()
    refusal.extra["alternatives"] = []
    return refusal


def outside(code: str, limit: datetime, country: str) -> Refusal:
    """422: before now, inside the lead time or beyond the horizon; `limit` is the first or last possible instant on the
    place's wall clock, told as people of the `country` do."""
    messages = {
        "too_late": _("This time has passed. The first possible time is %(limit)s."),
        "notice_required": _("This is too soon to book online. The first possible time is %(limit)s."),
        "too_far": _("This is too far ahead. The last possible time is %(limit)s."),
    }
    shown = formats_for(get_language() or "en", country).moment(limit)
    message = messages[code] % {"limit": shown}
    near: dict[str, Any] = {} if code == "too_far" else {"alternatives": []}  # filled in by who tried
    return Refusal(code, 422, message, field="start", limit=limit.isoformat(), **near)


def mismatch() -> Refusal:
    """422: this resource does not give this service here."""
    message = _("This service is not given by that person or place. Choose another.")
    return Refusal("staff_service_mismatch", 422, message, field="resource")


def hold_expired() -> Refusal:
    """410: the reserved time ran out; nothing typed is lost."""
    message = _("Your reserved time ran out. Choose the time again; what you typed is kept.")
    return Refusal("hold_expired", 410, message)


def changed_meanwhile(version: int, **more: Any) -> Refusal:
    """409: somebody else changed the visit since it was read; `more` says what and who, where that is known."""
    message = _("Somebody changed this visit meanwhile. Look at it again; nothing was saved.")
    return Refusal("changed_meanwhile", 409, message, version=version, **more)


def nothing_to_undo() -> Refusal:
    """409: the act changed nothing that could be put back."""
    return Refusal("nothing_to_undo", 409, _("There is nothing here to take back."))


def changed_since(fields: list[str]) -> Refusal:
    """409: what the act changed was changed again since; `fields` are the names of what (when, who, note, …)."""
    message = _(
        "This was changed again since. Take the later change back first, or bring back the whole state."
    )
    return Refusal("changed_since", 409, message, fields=fields)


def no_services() -> Refusal:
    """422: a visit without a service is none."""
    message = _("A visit needs a service. To call it off, cancel it; nothing was changed.")
    return Refusal("no_services", 422, message, field="service")


def bad_discount(field: str) -> Refusal:
    """422: neither a percentage nor an amount, or both."""
    message = _("Write a percentage from 1 to 100, or an amount above zero.")
    return Refusal("bad_discount", 422, message, field=field)


def nothing_to_discount() -> Refusal:
    """409: no price is left that could become less."""
    message = _("Nothing is left to take a discount off: the visit has no price, or costs nothing already.")
    return Refusal("nothing_to_discount", 409, message)


def discount_too_large(left: int, currency: str, field: str) -> Refusal:
    """422: it would take off more than the visit still costs; `left` in minor units."""
    shown = formats_for(get_language() or "en", "").price(left, currency)
    message = _("Only %(left)s is left to take off. Nothing was changed; write less.") % {"left": shown}
    return Refusal("bad_discount", 422, message, field=field, left=left)


def too_many_discounts(most: int) -> Refusal:
    """409: more lines than anybody would read."""
    message = _("A visit has at most %(most)s discounts. Take one back first.") % {"most": most}
    return Refusal("too_many_discounts", 409, message, most=most)


def invalid_transition(before: str, after: str) -> Refusal:
    """409: the status does not lead there."""
    message = _("This visit cannot be changed that way any more.")
    return Refusal("invalid_transition", 409, message, **{"from": before, "to": after})


def not_begun() -> Refusal:
    """409: nobody is missing from a visit that has not begun."""
    message = _("This visit has not begun yet. It can be marked as not shown once it has.")
    return Refusal("not_begun", 409, message)


def not_today(day: date) -> Refusal:
    """409: nobody arrives for, and nothing was done of, a visit of another day; said once, the same with `any_day` goes on."""
    shown = formats_for(get_language() or "en", "").full_day(day)
    message = _("This visit is on %(day)s, not today. Nothing was changed.") % {"day": shown}
    return Refusal("not_today", 409, message, date=day.isoformat())


def deadline_passed(phone: str, minutes: int, last: datetime) -> Refusal:
    """403: the client's own time to cancel or move is over; it was free until `minutes` before, so until `last`."""
    message = _("It is too late to change this visit online. Call %(phone)s.") % {"phone": unbroken(phone)}
    policy = {"cancel_until_minutes": minutes, "until": last.isoformat()}
    return Refusal("deadline_passed", 403, message, phone=phone, policy=policy)


def not_online(phone: str) -> Refusal:
    """403: the organization takes no bookings online now; how to reach it."""
    message = _("Online booking is closed at the moment. Call %(phone)s.") % {"phone": unbroken(phone)}
    return Refusal("not_online", 403, message, phone=phone)


def party_too_large(limit: int) -> Refusal:
    """422: more places than one booking may take."""
    message = ngettext_lazy(
        "At most %(limit)s place can be booked at once.",
        "At most %(limit)s places can be booked at once.",
        "limit",
    ) % {"limit": limit}
    return Refusal("bad_seats", 422, message, field="seats", limit=limit)


def bad_duration() -> Refusal:
    """422: shorter than nothing or longer than a claim may be."""
    return Refusal("bad_duration", 422, _("This length is not possible."), field="minutes")


def try_again() -> Refusal:
    """503: the database was busy with somebody else's booking; nothing was saved."""
    message = _("Too many bookings at this moment; yours was not saved. Try again in a few seconds.")
    return Refusal("try_again", 503, message, retry_after=1)


def client_required() -> Refusal:
    """422: nobody to book for."""
    return Refusal("required", 422, _("Say who the visit is for."), field="client")


def moves_exhausted(limit: int, phone: str) -> Refusal:
    """403: the client has moved this visit as often as the organization lets clients do."""
    message = _("A visit can be moved online at most %(limit)s times. Call %(phone)s.")
    return Refusal(
        "moves_exhausted", 403, message % {"limit": limit, "phone": unbroken(phone)}, limit=limit, phone=phone
    )


def already_booked() -> Refusal:
    """409: a visit with this id of the other system exists."""
    return Refusal("already_booked", 409, _("This record was booked before."))


def too_many_bookings(phone: str) -> Refusal:
    """429: this contact or network has booked as much as the organization lets one book online; whom to phone."""
    message = _("There are many bookings from here already. Nothing was booked; for more call %(phone)s.")
    return Refusal("too_many_bookings", 429, message % {"phone": unbroken(phone)}, phone=phone)


def too_many_holds(phone: str) -> Refusal:
    """429: too much of this day is being kept by people still typing; those times come free in minutes."""
    message = _("Many people are booking this day just now. Try again in some minutes or call %(phone)s.")
    return Refusal("too_many_holds", 429, message % {"phone": unbroken(phone)}, phone=phone, retry_after=300)


def price_changed(price: int | None) -> Refusal:
    """409: the price is not the one that was shown; carries the present one for one place, in minor units."""
    message = _("The price has changed. Nothing was booked; look at the new price and book again.")
    return Refusal("price_changed", 409, message, field="price_seen", price=price)


def move_changes_price(price: int, was: int) -> Refusal:
    """409: what moves would cost another price there; carries both, in minor units. The same with `price_seen` moves."""
    message = _("The price is another at that time. Nothing was moved yet.")
    return Refusal("price_changed", 409, message, field="price_seen", price=price, was=was)


def rule_refused(rule: str, text: str) -> Refusal:
    """422: a rule of the organization's own says no, in its own words."""
    message = text or _("This visit cannot be booked online. Ask the reception.")
    return Refusal("rule_refused", 422, message, rule=rule)


def rule_broken(rule: str, phone: str) -> Refusal:
    """422: a rule crashed or was late, and the organization wants no booking without its answer."""
    message = _("This booking cannot be checked at the moment; nothing was saved. Call %(phone)s.")
    return Refusal("rule_refused", 422, message % {"phone": unbroken(phone)}, rule=rule, broken=True)


def rule_warned(warnings: list[str]) -> Refusal:
    """409, for staff: rules ask to think twice; the same request with `warned` books."""
    message = _("%(warning)s Confirm to go on.") % {"warning": " ".join(warnings)}
    return Refusal("rule_warned", 409, message, warnings=warnings)


def not_eligible(why: str, service_id: int, rule: Mapping[str, Any], text: str | None) -> Refusal:
    """422: the service is not for this person; `offer` is the service that is, where the organization names one."""
    days = rule[why][0] if why in ("after_days", "within_days") else 0
    lowest, highest = rule["ages"] if why == "ages" else (None, None)
    reasons = {
        "clients": _("This service is for new clients.")
        if rule.get("clients") == "new"
        else _("This service is for clients who were here before."),
        "after_days": ngettext_lazy(
            "At least %(days)s day must lie between this visit and the others.",
            "At least %(days)s days must lie between this visit and the others.",
            days,
        ),
        "within_days": _("This service is for clients whose last visit was at most %(days)s days ago."),
        "ages": _age_text(lowest, highest),
        "kinds": _("This service is not for this kind."),
        "needs_field": _("This service needs a referral: fill in its field."),
    }
    message = text or reasons[why] % {"days": days, "low": lowest, "high": highest}
    extra = {"offer": rule["offer"]} if "offer" in rule else {}
    return Refusal("not_eligible", 422, message, service=service_id, why=why, **extra)


def not_for_kind() -> Refusal:
    """422: what is waited for is not for this kind of animal or vehicle."""
    return Refusal("not_eligible", 422, _("This service is not for this kind."), field="kind", why="kinds")


def _age_text(lowest: int | None, highest: int | None) -> Any:
    if highest is None:
        return _("This service is for people of %(low)s years or more.")
    if lowest is None:
        return _("This service is for people of %(high)s years or less.")
    return _("This service is for people of %(low)s to %(high)s years.")


def online_closed(contact: Mapping[str, Any]) -> Refusal:
    """403: the organization books for its clients itself; how to reach it."""
    message = _("Visits are not booked online here. Call %(phone)s.") % {"phone": unbroken(contact["phone"])}
    return Refusal("online_closed", 403, message, **contact)


def phone_not_confirmed() -> Refusal:
    """This organization wants the phone confirmed by a code; only its booking pages can do that."""
    text = _("This booking needs a phone confirmed by a code. Nothing was booked; use the booking page.")
    return Refusal("phone_not_confirmed", 403, text, field="client.phone")


def bad_scheme() -> Refusal:
    """422: neither public nor private."""
    message = _("Choose public health or private.")
    return Refusal("not_a_choice", 422, message, field="scheme", allowed=["public", "private"])


def waitlist_off(phone: str) -> Refusal:
    """403: this organization keeps no waitlist, or not for this service."""
    message = _("There is no waitlist here. Call %(phone)s.") % {"phone": unbroken(phone)}
    return Refusal("waitlist_off", 403, message, phone=phone)


def waitlist_full(most: int) -> Refusal:
    """409: the client waits for as much as one may."""
    message = _("You wait for %(most)s times already. Leave one of them, then join again.")
    return Refusal("waitlist_full", 409, message % {"most": most}, most=most)


def not_waiting() -> Refusal:
    """409: this entry of the waitlist has ended."""
    return Refusal("not_waiting", 409, _("This place on the waitlist has ended."))


def offer_open() -> Refusal:
    """409: one offer at a time."""
    return Refusal("offer_open", 409, _("There is an offer already that waits for an answer."))


def offer_over() -> Refusal:
    """410: the offer was answered, has run out, or somebody else was faster; the entry stays."""
    message = _(
        "This time is no longer kept for you. You stay on the waitlist, and the next free time comes to you."
    )
    return Refusal("offer_over", 410, message)


def offer_taken() -> Refusal:
    """409: of several who were told, another one accepted first."""
    message = _(
        "Somebody accepted this time a moment before you. You stay on the waitlist; we will write again."
    )
    return Refusal("offer_taken", 409, message)
