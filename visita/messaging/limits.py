"""How many codes may be asked for: nobody runs up a bill, and nobody floods a stranger's phone (reliability S7).

Each limit counts on its own, the narrow ones first: what one address wastes does not use up everybody's budget.
"""

from ipaddress import ip_address, ip_network
from typing import Any, Final

import phonenumbers
from phonenumbers import PhoneNumberType

from visita.clients.contacts import Contact
from visita.foundation import scope
from visita.foundation.errors import Refusal
from visita.identity.rate import Limit, hit
from visita.messaging import errors, work
from visita.tenancy import queries, settings
from visita.tenancy.settings import declare

_DAY: Final = 1440
_PER_CONTACT: Final = (Limit(3, 10), Limit(5, _DAY))
_PER_NETWORK: Final = Limit(30, 60)
_BEFORE_WORK: Final = Limit(3, 60)
_MOBILE: Final = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


def _countries(value: list[Any]) -> bool:
    return all(each in phonenumbers.SUPPORTED_REGIONS for each in value)


declare("sms_countries", list, [], 0, 250, _countries)  # empty: the organization's own country
declare("sms_codes_a_day", int, 500, 0, 100_000)
declare("sms_codes_a_day_and_country", int, 250, 0, 100_000)


def require_allowed(contact: Contact, ip: str | None, note: str = "", answer: str = "") -> None:
    """Count an ask. Refuses phone_not_supported, work_needed (with the puzzle) and too_many_tries. Inside a scope."""
    number = _number(contact)
    if ip:
        _count(_PER_NETWORK, "code.network", network(ip))
        _require_work(ip, note, answer)
    for limit in _PER_CONTACT:
        _count(limit, "code.contact", contact.key)
    if number is not None:
        rows = queries.setting_rows()
        country = Limit(settings.value(rows, "sms_codes_a_day_and_country"), _DAY)
        _count(country, "code.country", str(number.country_code))
        _count(Limit(settings.value(rows, "sms_codes_a_day"), _DAY), "code.budget", "")


def network(ip: str) -> str:
    """The neighbourhood of an address: /24, or /64 of IPv6."""
    try:
        wide = 24 if ip_address(ip).version == 4 else 64
    except ValueError:  # a test's or a socket's name
        return ip
    return str(ip_network(f"{ip}/{wide}", strict=False))


def _number(contact: Contact) -> phonenumbers.PhoneNumber | None:
    if contact.kind != "phone":
        return None
    number = phonenumbers.parse(contact.value)
    countries = settings.value(queries.setting_rows(), "sms_countries") or [queries.profile().country]
    if (
        phonenumbers.region_code_for_number(number) not in countries
        or phonenumbers.number_type(number) not in _MOBILE
    ):
        raise errors.phone_not_supported()
    return number


def _require_work(ip: str, note: str, answer: str) -> None:
    try:
        hit(_BEFORE_WORK, scope.current(), "code.address", ip)
    except Refusal:
        if not (note and work.done(note, answer)):
            raise errors.work_needed(work.puzzle(), work.WAIT) from None


def _count(limit: Limit, route: str, principal: str) -> None:
    try:
        hit(limit, scope.current(), route, principal)
    except Refusal as refusal:
        raise errors.too_many_asks(refusal.extra["retry_after"]) from None
