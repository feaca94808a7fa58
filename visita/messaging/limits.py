"""How many codes may be asked for and SMS sent: nobody runs up a bill or floods a stranger's phone (reliability S7, BY-22).

Each limit counts on its own, the narrow ones first: what one address wastes does not use up everybody's budget. Over the
day's budget for all SMS nothing leaves by SMS any more, neither codes nor letters.
"""

from ipaddress import ip_address, ip_network
from typing import Any, Final

import phonenumbers
from phonenumbers import PhoneNumberType

from visita.clients.contacts import Contact
from visita.foundation import scope
from visita.foundation.errors import Refusal
from visita.identity.rate import Limit, hit, used
from visita.messaging import errors, work
from visita.tenancy import queries, settings
from visita.tenancy.settings import declare

_DAY: Final = 1440
_PER_CONTACT: Final = (Limit(3, 10), Limit(5, _DAY))
_LETTERS_PER_CONTACT: Final = Limit(20, _DAY)
_PER_NETWORK: Final = Limit(30, 60)
_BEFORE_WORK: Final = Limit(3, 60)
_ALL: Final = "sms.budget"
_CODES: Final = "code.budget"
COUNTRY: Final = "not a mobile phone that is written to"
CROWDED: Final = "too many messages to this phone today"
BUDGET: Final = "the day's budget of SMS is used up"
_MOBILE: Final = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


def _countries(value: list[Any]) -> bool:
    return all(each in phonenumbers.SUPPORTED_REGIONS for each in value)


declare("sms_countries", list, [], 0, 250, _countries)  # empty: the organization's own country
declare("sms_a_day", int, 2000, 0, 1_000_000)  # all that leaves by SMS
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
        _count(_budget("sms_codes_a_day_and_country"), "code.country", str(number.country_code))
        _count(_budget("sms_codes_a_day"), _CODES, "")
        _count(_budget("sms_a_day"), _ALL, "")


def hindrance(contact: Contact) -> str:
    """Count a letter by SMS; why it may not leave so (`COUNTRY`, `CROWDED`, `BUDGET`), empty where it may. Inside a scope.

    Letters go to clients whom a visit or a wait made known, so without a list they go to mobiles of every country.
    """
    number = phonenumbers.parse(contact.value)
    countries = settings.value(queries.setting_rows(), "sms_countries")
    if phonenumbers.number_type(number) not in _MOBILE or not _listed(number, countries, empty=True):
        return COUNTRY
    for limit, route, principal, reason in (
        (_LETTERS_PER_CONTACT, "letter.contact", contact.key, CROWDED),
        (_budget("sms_a_day"), _ALL, "", BUDGET),
    ):
        try:
            hit(limit, scope.current(), route, principal)
        except Refusal:
            return reason
    return ""


def spent() -> bool:
    """Whether one of today's budgets of SMS is used up, so that nothing more leaves; inside a scope."""
    budgets = (("sms_a_day", _ALL), ("sms_codes_a_day", _CODES))
    return any(used(_budget(key), scope.current(), route, "") >= _budget(key).count for key, route in budgets)


def _budget(key: str) -> Limit:
    return Limit(int(settings.value(queries.setting_rows(), key)), _DAY)


def _listed(number: phonenumbers.PhoneNumber, countries: list[str], *, empty: bool) -> bool:
    return phonenumbers.region_code_for_number(number) in countries if countries else empty


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
    if not _listed(number, countries, empty=False) or phonenumbers.number_type(number) not in _MOBILE:
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
