"""A time that went to somebody else: back on who and when, with the nearest times and everything typed kept."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from visita.foundation import clock, phones
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.web.front import offer
from visita.web.front.choice import Choice
from visita.web.front.offer import Offer
from visita.web.front.place import Place
from visita.web.front.slots import value
from visita.web.front.views.start import next_step
from visita.web.front.when import Way

LOST = frozenset(
    [
        "slot_taken",
        "not_offered",
        "too_late",
        "notice_required",
        "too_far",
        "hold_expired",
        "staff_service_mismatch",
        "not_found",
    ]
)
"""Refusals after which another time is the way on."""

_ABOUT_ONE = ("slot_taken", "too_late", "notice_required")


def lost(
    request: HttpRequest, place: Place, choice: Choice, minute: int, typed: dict[str, str], refusal: Refusal
) -> HttpResponse:
    """Who and when again: what happened, the three nearest times as buttons, everything typed kept."""
    if refusal.code in ("staff_service_mismatch", "not_found"):
        choice = choice.chosen(tuple(each._replace(resource=None) for each in choice.wanted))
    with scope(place.id):
        found = offer.load()
        day, words = told(place, found, choice, minute, refusal)
        kept = _("What you typed is still here.") if typed else ""
        times = [near(place, found, one, choice) for one in refusal.extra.get("alternatives", [])]
        more = {"lost": f"{words} {kept}".strip(), "near": times, "status": refusal.status}
        response = next_step(request, place, replace(choice, day=day), Way(typed=typed), **more)
    if "retry_after" in refusal.extra:
        response["Retry-After"] = str(refusal.extra["retry_after"])
    return response


def told(
    place: Place, found: Offer, choice: Choice, minute: int, refusal: Refusal
) -> tuple[date | None, str]:
    """The day to show and the sentence that says what happened."""
    if refusal.code == "not_found":
        return None, _("This choice is not offered any more. Here is everybody who can.")
    if choice.location not in found.locations or refusal.code not in _ABOUT_ONE:
        return None, str(refusal.message)
    moment = clock.from_minute(minute).astimezone(found.zone(choice.location))
    time = place.formats.time(moment)
    if refusal.code == "slot_taken":
        return moment.date(), _("%(time)s was just taken.") % {"time": time}
    if moment <= clock.now():
        return None, _("%(time)s has passed meanwhile.") % {"time": place.formats.moment(moment)}
    phone = found.locations[choice.location].phone or place.profile.phone
    words = _("%(time)s is too close by now to be booked online. To come then, call %(phone)s.")
    return None, words % {"time": place.formats.moment(moment), "phone": phones.unbroken(phone)}


def near(place: Place, found: Offer, one: dict[str, Any], choice: Choice) -> dict[str, str]:
    """One of the nearest times as a button: its slot, and a text that names other people if it must be them."""
    several = len(one["items"]) > 1
    begins = [clock.to_minute(datetime.fromisoformat(item["start"])) for item in one["items"]]
    given = [item.get("resource") if several or choice.resource else None for item in one["items"]]
    wanted = [each.resource for each in choice.wanted] or [choice.resource]
    pairs = zip(given, wanted, strict=False)
    others = [who for who, asked in pairs if who in found.resources and who != asked]
    names = dict.fromkeys(str(found.resources[who]) for who in others if who)
    moment = place.formats.moment(datetime.fromisoformat(one["start"]))
    text = " · ".join(filter(None, [moment, ", ".join(names)]))
    return {"value": value(zip(given, begins, strict=True)), "text": text}
