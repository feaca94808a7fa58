"""Refusals that ask for a choice, told with names and values: a change that met another's, a move to another price."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from visita.bookings import journal_visit
from visita.bookings.journal_visit import Card
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.web.desk.door import Guest
from visita.web.desk.frame import Frame, frame_of
from visita.web.desk.labels import scheme_words, statuses
from visita.web.desk.papers import answers


def told(refusal: Refusal, guest: Guest, visit_id: int) -> Refusal:
    """The refusal with a sentence that names who and what, and `theirs`: the present value of each clashing part."""
    if refusal.code == "price_changed":
        return _priced(refusal, guest, visit_id)
    parts = refusal.extra.get("fields")
    if refusal.code != "changed_meanwhile" or not parts:
        return refusal
    with scope(guest.organization.pk):
        card = journal_visit.card(visit_id, guest.language, "")
        place = frame_of(guest, card.visit)
        theirs = {part: _value(part, card, place) for part in parts}
        more = {**refusal.extra, "theirs": theirs, "fields": parts}
        return Refusal(refusal.code, refusal.status, _sentence(refusal.extra, theirs, place), **more)


def _priced(refusal: Refusal, guest: Guest, visit_id: int) -> Refusal:
    with scope(guest.organization.pk):
        card = journal_visit.card(visit_id, guest.language, "")
        place = frame_of(guest, card.visit)
        was, now = (
            place.formats.price(refusal.extra[name], place.profile.currency) for name in ("was", "price")
        )
        words = _("The price there is %(now)s instead of %(was)s. Nothing was moved yet.")
        return Refusal(refusal.code, refusal.status, words % {"now": now, "was": was}, **refusal.extra)


def _value(part: str, card: Card, place: Frame) -> str:
    visit = card.visit
    if part == "note":
        return visit.note
    if part == "status":
        return statuses()[visit.status]
    if part == "scheme":
        return dict(scheme_words()).get(visit.scheme, "")
    if part == "answers":
        return "\n".join(f"{label}: {answer}" for label, answer in answers(visit, place))
    if part == "services":
        return ", ".join(line.service for line in card.lines)
    if part == "time":
        who = ", ".join(dict.fromkeys(line.resource for line in card.lines if line.resource))
        return ", ".join(filter(None, (place.formats.moment(card.start), who)))
    return ""


def _sentence(extra: dict[str, Any], theirs: dict[str, str], place: Frame) -> str:
    who = _("The client") if extra.get("by_kind") == "client" else extra.get("by") or _("Somebody")
    at = datetime.fromisoformat(extra["at"]).astimezone(place.zone)
    values = {"who": who, "at": place.formats.time(at), **theirs}
    return _template(set(theirs)) % values


def _template(parts: set[str]) -> str:
    if "status" in parts:
        return _("%(who)s set this visit to “%(status)s” at %(at)s. Nothing was changed by you.")
    if "services" in parts:
        return _(
            "%(who)s changed the services of this visit at %(at)s; they are %(services)s now. Nothing was changed by you."
        )
    if "discounts" in parts:
        return _("%(who)s changed the discounts at %(at)s. Look at them again; nothing was changed by you.")
    if "time" in parts:
        return _("%(who)s moved this visit at %(at)s; it is on %(time)s now. Nothing was changed by you.")
    if "note" in parts:
        return _("%(who)s changed this note at %(at)s. Choose which one stays.")
    if "answers" in parts:
        return _("%(who)s changed the same answer at %(at)s. Choose which one stays.")
    return _("%(who)s changed the same at %(at)s. Look at it again; nothing was changed by you.")
