"""The switches of the walk-in queue, the waitlist, the hint of who may not come, the hours shown and the limits against
floods: their fields, read and checked before anything is saved."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visita.bookings.waitlist.rules import AT_ONCE, BY_STAFF, IN_TURN
from visita.foundation.errors import Refusal
from visita.tenancy import settings

Text = str | Promise
Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A setting on the form. `kind`: switch, number, choice, span (two times of the day, or none) or countries."""

    key: str
    kind: str
    name: Text
    hint: Text = ""
    unit: Text = ""
    options: tuple[tuple[str, Text, Text], ...] = ()

    def shown(self, value: Any) -> Fields:
        """What the template fills in; `value` is the setting's, or for a refused form what was typed."""
        found: Fields = {
            "key": self.key, "kind": self.kind, "name": self.name, "hint": self.hint, "unit": self.unit, "value": value,
        }  # fmt: skip
        if self.kind == "choice":
            found["options"] = [(*one, one[0] == value) for one in self.options]
        if self.kind == "span":
            found["since"], found["until"] = value if value and isinstance(value[0], str) else times(value)
        if self.kind == "countries":
            found["value"] = value if isinstance(value, str) else ", ".join(value)
        if self.kind == "number":
            key = settings.KEYS[self.key]
            found |= {"low": key.low, "high": key.high}
        return found


PARTS: dict[str, tuple[Field, ...]] = {
    "queue": (
        Field("check_in_minutes", "number", gettext_lazy("Check-in opens before the visit"),
              gettext_lazy("How early clients with a time may say at the kiosk or by their link that they are here."),
              gettext_lazy("minutes")),
    ),
    "waitlist": (
        Field("waitlist", "switch", gettext_lazy("Clients and staff may put people on the waitlist"),
              gettext_lazy("Without it nobody is added. Who waits already stays on the list and is still offered what "
                           "comes free.")),
        Field("waitlist_mode", "choice", gettext_lazy("Who is offered a time that comes free"), options=(
            (IN_TURN, gettext_lazy("One after the other"),
             gettext_lazy("The time is kept for each in turn until they answer.")),
            (AT_ONCE, gettext_lazy("Everybody at once"), gettext_lazy("The first to accept gets it; it is kept for nobody.")),
            (BY_STAFF, gettext_lazy("Whom staff choose"), gettext_lazy("Nothing is offered by itself.")),
        )),
        Field("waitlist_minutes", "number", gettext_lazy("An offer is kept for"), unit=gettext_lazy("minutes")),
        Field("waitlist_hours", "span", gettext_lazy("Offers are made between"),
              gettext_lazy("What comes free at night is offered in the morning: nobody is woken.")),
        Field("waitlist_most", "number", gettext_lazy("Places of one client on the list"), unit=gettext_lazy("at most")),
        Field("choice_minutes", "number", gettext_lazy("Times to choose from are kept for"),
              gettext_lazy("When a visit cannot stay and its client says where it goes."), gettext_lazy("minutes")),
    ),
    "risk": (
        Field("risk_shown", "switch", gettext_lazy("Staff see how likely a visit is missed"),
              gettext_lazy("From the client's own visits and how far ahead it was booked. Clients never see it, and it "
                           "refuses nobody.")),
    ),
    "hours": (
        Field("online_hours", "span", gettext_lazy("Clients see times between"),
              gettext_lazy("Earliest and latest start on the booking page and in the API, whatever the working hours are. "
                           "Empty: all of them. Staff book at any time.")),
        Field("sheet_hours", "span", gettext_lazy("Printed sheets show"),
              gettext_lazy("Empty: the hours of the journal. A visit outside is printed all the same.")),
    ),
    "limits": (
        Field("contact_open_limit", "number", gettext_lazy("Coming bookings of one phone or email"),
              gettext_lazy("0: no limit. Who signed in or confirmed the phone may have more.")),
        Field("contact_daily_limit", "number", gettext_lazy("Bookings a day with one phone or email"),
              gettext_lazy("0: no limit. What staff, partners and keys book never counts.")),
        Field("network_daily_limit", "number", gettext_lazy("Bookings a day from one network address"),
              gettext_lazy("0: no limit. People in one office or on one wifi share an address.")),
        Field("confirm_phone", "switch", gettext_lazy("The phone is confirmed by a code before booking"),
              gettext_lazy("Nothing is booked online with a phone that is not theirs.")),
        Field("holds_share_percent", "number", gettext_lazy("Share of a day that times being typed for may keep"),
              gettext_lazy("Three are always possible. 0: no limit."), gettext_lazy("percent")),
        Field("unverified_share_percent", "number", gettext_lazy("Share of a day that unconfirmed people may book"),
              gettext_lazy("0: no limit."), gettext_lazy("percent")),
        Field("sms_a_day", "number", gettext_lazy("SMS a day in all"),
              gettext_lazy("Beyond it nothing leaves by SMS until the next day; letters then go by email.")),
        Field("sms_codes_a_day", "number", gettext_lazy("Codes a day by SMS")),
        Field("sms_codes_a_day_and_country", "number", gettext_lazy("Codes a day to one country")),
        Field("sms_countries", "countries", gettext_lazy("Countries that are written to by SMS"),
              gettext_lazy("Two letters each, such as RO, IT. Empty: codes go to your own country, letters to all.")),
    ),
}  # fmt: skip


class Refused(Refusal):
    """What is wrong, by key; nothing was saved."""

    def __init__(self, wrong: Mapping[str, Any]) -> None:
        super().__init__("bad_setting", 422, gettext_lazy("Nothing was saved: look at what is marked."))
        self.wrong = wrong


def times(span: Any) -> tuple[str, str]:
    """[from, to] in minutes of the day as two times; empty for none."""
    if not span:
        return "", ""
    start, end = (f"{minute // 60:02d}:{minute % 60:02d}" for minute in span)
    return start, "23:59" if end == "24:00" else end


def typed(part: str, post: Mapping[str, str]) -> dict[str, Any]:
    """The part's fields as they were sent, for a form that comes back."""
    return {field.key: _typed(field, post) for field in PARTS[part]}


def _typed(field: Field, post: Mapping[str, str]) -> Any:
    if field.kind == "switch":
        return field.key in post
    if field.kind == "span":
        return [post.get(f"{field.key}_{edge}", "")[:8].strip() for edge in ("since", "until")]
    return post.get(field.key, "")[: 1000 if field.kind == "countries" else 20].strip()


def read(part: str, post: Mapping[str, str]) -> dict[str, Any]:
    """The part's settings; `Refused` names every field that makes no sense."""
    found: dict[str, Any] = {}
    wrong: dict[str, Any] = {}
    for field in PARTS[part]:
        try:
            found[field.key] = _READ[field.kind](field, _typed(field, post))
        except Refusal as refusal:
            wrong[field.key] = refusal.message
    if wrong:
        raise Refused(wrong)
    return found


def _switch(field: Field, value: bool) -> bool:
    return value


def _choice(field: Field, value: str) -> str:
    if value not in [option[0] for option in field.options]:
        raise _wrong(_("Choose one of these."))
    return value


def _number(field: Field, value: str) -> int:
    key = settings.KEYS[field.key]
    number = int(value) if value.isascii() and value.isdecimal() else -1
    if not key.low <= number <= key.high:
        raise _wrong(_("A whole number from %(low)d to %(high)d.") % {"low": key.low, "high": key.high})
    return number


def _span(field: Field, value: list[str]) -> list[int]:
    if not any(value) and field.key != "waitlist_hours":
        return []
    start, end = (_minute(each) for each in value)
    end = 1440 if end == 1439 else end  # no clock of a form shows 24:00
    if start is None or end is None or start >= end:
        raise _wrong(_("Write two times, the earlier one first."))
    return [start, end]


def _minute(text: str) -> int | None:
    hour, _colon, minute = text[:5].partition(":")
    if not (hour.isascii() and hour.isdecimal() and minute.isascii() and minute.isdecimal()):
        return None
    found = int(hour) * 60 + int(minute)
    return found if int(minute) < 60 and found <= 1440 else None


def _wrong(message: str) -> Refusal:
    return Refusal("bad_setting", 422, message)


def _countries(field: Field, value: str) -> list[str]:
    found = list(dict.fromkeys(value.upper().replace(",", " ").split()))
    try:
        settings.KEYS[field.key].read(found)
    except Refusal:
        raise _wrong(_("Write the two letters of each country, such as RO, IT.")) from None
    return found


_READ: dict[str, Callable[[Field, Any], Any]] = {
    "switch": _switch, "choice": _choice, "number": _number, "span": _span, "countries": _countries,
}  # fmt: skip
