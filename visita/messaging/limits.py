"""How many codes may be asked for and SMS sent: nobody runs up a bill or floods a stranger's phone (reliability S7, BY-22).

Each limit counts on its own, the narrow ones first: what one address wastes does not use up everybody's budget. Over the
day's budget for all SMS nothing leaves by SMS any more, neither codes nor letters.
"""

from dataclasses import dataclass
from datetime import time, timedelta
from ipaddress import ip_network
from typing import Any, Final
from zoneinfo import ZoneInfo

import phonenumbers
from phonenumbers import PhoneNumberType

from visita.bookings import repeating
from visita.clients.contacts import Contact
from visita.foundation import clock, scope
from visita.foundation.errors import Refusal
from visita.identity import origin
from visita.identity.rate import Limit, hit, used
from visita.messaging import errors, work
from visita.tenancy import queries, settings
from visita.tenancy.models import Organization
from visita.tenancy.settings import declare

_DAY: Final = 1440
_PER_CONTACT: Final = (Limit(3, 10), Limit(5, _DAY))
_LETTERS_PER_CONTACT: Final = 20  # a day
_PER_NETWORK: Final = Limit(30, 60)
_BEFORE_WORK: Final = Limit(3, 60)
_ALL: Final = "sms.budget"
_CODES: Final = "code.budget"
COUNTRY: Final = "not a mobile phone that is written to"
CROWDED: Final = "too many messages to this phone today"
FLOODED: Final = "too many messages to this address today"
BUDGET: Final = "the day's budget of SMS is used up"
_MOBILE: Final = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


def _countries(value: list[Any]) -> bool:
    return all(each in phonenumbers.SUPPORTED_REGIONS for each in value)


declare("sms_countries", list, [], 0, 250, _countries)  # empty: the organization's own country
declare("sms_a_day", int, 2000, 0, 1_000_000)  # all that leaves by SMS
declare("sms_codes_a_day", int, 500, 0, 100_000)
declare("sms_codes_a_day_and_country", int, 250, 0, 100_000)


def require_allowed(
    contact: Contact, ip: str | None, note: str = "", answer: str = "", *, leaves: bool = True
) -> None:
    """Count an ask; of the budget for all SMS only what `leaves`, though both are refused where it is used up.

    Refuses phone_not_supported, work_needed (with the puzzle) and too_many_tries. Inside a scope.
    """
    number = _number(contact)
    if ip:
        _count(_PER_NETWORK, "code.network", network(ip))
        _require_work(ip, note, answer)
    for limit in _PER_CONTACT:
        _count(limit, "code.contact", contact.key)
    if number is not None:
        _count_today("sms_codes_a_day_and_country", "code.country", str(number.country_code))
        _count_today("sms_codes_a_day", _CODES, "")
        _count_all(leaves)


def hindrance(contact: Contact) -> str:
    """Count a letter; why it may not leave so (by SMS `COUNTRY`, `CROWDED`, `BUDGET`, by email `FLOODED`), empty where it may.
    Inside a scope.

    Letters go to clients whom a visit or a wait made known, so without a list they go to mobiles of every country.
    """
    if not _written_to(contact):
        return COUNTRY
    for day, route, principal, reason in _of_letters(contact):
        try:
            hit(day.limit, scope.current(), route, principal, window=day.first)
        except Refusal:
            return reason
    return ""


def would_hinder(contact: Contact) -> str:
    """What `hindrance` would say now; nothing is counted. Inside a scope."""
    if not _written_to(contact):
        return COUNTRY
    return next((reason for day, *whose, reason in _of_letters(contact) if day.over(*whose)), "")


def _written_to(contact: Contact) -> bool:
    if contact.kind == "email":
        return True
    number = phonenumbers.parse(contact.value)
    countries = settings.value(queries.setting_rows(), "sms_countries")
    return phonenumbers.number_type(number) in _MOBILE and _listed(number, countries, empty=True)


def _of_letters(contact: Contact) -> tuple[tuple["_Day", str, str, str], ...]:
    """What counts a letter, the narrow one first: limit, route, principal, and the reason it gives."""
    if contact.kind == "email":
        return ((_day(_LETTERS_PER_CONTACT), "letter.contact", contact.key, FLOODED),)
    return (
        (_day(_LETTERS_PER_CONTACT), "letter.contact", contact.key, CROWDED),
        (_budget("sms_a_day"), _ALL, "", BUDGET),
    )


def spent() -> bool:
    """Whether one of today's budgets of SMS is used up, so that nothing more leaves; inside a scope."""
    budgets = (("sms_a_day", _ALL), ("sms_codes_a_day", _CODES))
    return any(_budget(key).over(route, "") for key, route in budgets)


@dataclass(frozen=True, slots=True)
class _Day:
    """So many in the organization's present day, whose first epoch minute is `first`; it has 23 or 25 hours where clocks
    change."""

    limit: Limit
    first: int

    def over(self, route: str, principal: str) -> bool:
        """Whether one more would be too many."""
        return used(self.limit, scope.current(), route, principal, window=self.first) >= self.limit.count


def _budget(key: str) -> _Day:
    return _day(int(settings.value(queries.setting_rows(), key)))


def _day(count: int) -> _Day:
    zone = ZoneInfo(Organization.objects.values_list("zone", flat=True).get(pk=scope.current()))
    today = clock.now().astimezone(zone).date()
    first, end = (repeating.minute(today + timedelta(days=more), time(), zone) for more in (0, 1))
    return _Day(Limit(count, end - first), first)


def _listed(number: phonenumbers.PhoneNumber, countries: list[str], *, empty: bool) -> bool:
    return phonenumbers.region_code_for_number(number) in countries if countries else empty


def network(ip: str) -> str:
    """The neighbourhood of an address: /24, or /64 of IPv6."""
    try:
        narrow = origin.network(ip)
        return narrow if "/" in narrow else str(ip_network(f"{narrow}/24", strict=False))
    except ValueError:  # a test's or a socket's name
        return ip


def _number(contact: Contact) -> phonenumbers.PhoneNumber | None:
    if contact.kind != "phone":
        return None
    number = phonenumbers.parse(contact.value)
    countries = settings.value(queries.setting_rows(), "sms_countries") or [queries.profile().country]
    if not _listed(number, countries, empty=False) or phonenumbers.number_type(number) not in _MOBILE:
        raise errors.phone_not_supported()
    return number


def _require_work(ip: str, note: str, answer: str) -> None:
    try:
        hit(_BEFORE_WORK, scope.current(), "code.address", origin.network(ip))
    except Refusal:
        if not (note and work.done(note, answer)):
            raise errors.work_needed(work.puzzle(), work.WAIT) from None


def _count(limit: Limit, route: str, principal: str, window: int | None = None) -> None:
    try:
        hit(limit, scope.current(), route, principal, window=window)
    except Refusal as refusal:
        raise errors.too_many_asks(refusal.extra["retry_after"]) from None


def _count_today(key: str, route: str, principal: str) -> None:
    day = _budget(key)
    _count(day.limit, route, principal, day.first)


def _count_all(leaves: bool) -> None:
    """What is only asked for and goes nowhere uses nothing up."""
    day = _budget("sms_a_day")
    if leaves:
        _count(day.limit, _ALL, "", day.first)
    elif day.over(_ALL, ""):
        raise errors.too_many_asks((day.first + day.limit.minutes - clock.minute()) * 60)
