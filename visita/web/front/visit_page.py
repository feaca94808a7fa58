"""What `front/visit.html` shows: right after booking, and whenever the manage link is opened."""

from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visita.bookings import consents, told
from visita.bookings.models import VisitStatus
from visita.bookings.queries import LINK_LIVES
from visita.bookings.told import Answer
from visita.catalog import queries as catalog
from visita.catalog.models import ConsentPurpose
from visita.foundation import clock, ids
from visita.tenancy.models import Location
from visita.web.front import changing, ticks
from visita.web.front.people import Face, face
from visita.web.front.visit import Booking, Part

_OVER = (VisitStatus.COMPLETED, VisitStatus.NO_SHOW)  # also where it ended before its time
GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.live.com/calendar/0/deeplink/compose"


def context(booking: Booking) -> dict[str, Any]:
    """The page of a visit; inside a scope."""
    return {
        "booking": booking,
        "status": booking.visit.status,
        "past": booking.end <= clock.now() or booking.visit.status in _OVER,
        "first_name": booking.reader.name,
        "code": ids.shown(booking.visit.code),
        "rows": [_row(booking, part) for part in booking.parts if part.resource],
        "directions": "" if booking.remote else _directions(booking.location),
        "facts": facts(booking),
        "note": booking.visit.note if booking.reader.own_note else "",
        "preparation": preparation(booking),
        "proofs": _proofs(booking),
        "withdraw_url": booking.url("withdrawal"),
        **when(booking),
        **_changes(booking),
        **_addresses(booking),
    }


def when(booking: Booking) -> dict[str, Any]:
    """Day, time, services, price and place in words."""
    formats = booking.place.formats
    shown = [part for part in booking.parts if part.service.price_shown and part.price_minor is not None]
    off = sum(part.discount_minor for part in shown)
    gross = sum(part.price_minor or 0 for part in shown) * booking.visit.seats
    first = booking.start.date()
    end = max(
        part.end for part in booking.parts if part.start.date() == first
    )  # a class may be on a later day
    where = (booking.location.address or booking.location.name, booking.location.city)
    return {
        "leaf_month": formats.short_month(booking.start.date()),
        "leaf_day": booking.start.day,
        "when": f"{formats.weekday_full(booking.start.date())}, {formats.span(booking.start, end)}",
        "span": formats.span(booking.start, end),
        "day": formats.full_day(booking.start.date()),
        "about": booking.names,
        "price": formats.fee(gross - off if gross else None, booking.place.profile.currency),
        "where": _("By video") if booking.remote else ", ".join(filter(None, where)),
    }


def facts(booking: Booking) -> list[tuple[str, str]]:
    """Whom it is about and what was answered, as label and value."""
    found = []
    if any(part.whose for part in booking.parts):
        found.append((_("For"), "\n".join(_whose(booking, part) for part in booking.parts)))
    elif booking.subject is not None:
        known = booking.subject.details if booking.reader.proven else {}
        details = [str(value) for value in known.values() if value]
        found.append((_("For"), " · ".join([booking.subject.name, *details])))
    language, fallback = booking.place.language, booking.place.profile.language
    ours = catalog.staff_fields() if booking.visit.fields else frozenset()
    kept = {code: one for code, one in booking.visit.fields.items() if code not in ours}
    answers = told.answers(kept, language, fallback)
    return found + [(each.label, _value(booking, each)) for each in answers]


def _whose(booking: Booking, part: Part) -> str:
    """Who comes for a service."""
    names = ", ".join(name or booking.reader.name for name in part.whose)
    return f"{names} · {booking.place.text(part.service.name)}" if len(booking.parts) > 1 else names


def preparation(booking: Booking) -> list[str]:
    """What to do before coming, a line each."""
    texts = dict.fromkeys(booking.place.text(part.service.preparation) for part in booking.parts)
    return [line for text in texts for line in text.splitlines() if line.strip()]


def _proofs(booking: Booking) -> list[dict[str, Any]]:
    if not booking.visit.consents:
        return []
    proofs = told.proofs(booking.visit.pk)
    gone = consents.withdrawals(proof.pk for proof in proofs)
    return [
        {
            "words": ticks.pieces(proof.label),
            "url": booking.place.url("text", consent=str(proof.consent_id), version=str(proof.version))
            if proof.text or proof.file_hash
            else "",
            "withdrawn": _moment(booking, gone[proof.pk].at) if proof.pk in gone else "",
            "may_go": proof.purpose == ConsentPurpose.MARKETING and proof.pk not in gone,
        }
        for proof in proofs
    ]


def _moment(booking: Booking, at: datetime) -> str:
    return booking.place.formats.moment(at.astimezone(booking.start.tzinfo))


def _value(booking: Booking, answer: Answer) -> str:
    if answer.kind == "tick":
        return _("Yes")
    if answer.kind == "date":
        day = date.fromisoformat(answer.value)
        return f"{booking.place.formats.full_day(day)} {day.year}"
    return answer.value


def _row(booking: Booking, part: Part) -> dict[str, Any]:
    assert part.resource is not None
    text = booking.place.text
    found: Face = face(part.resource, booking.place.photo(part.resource.pk))
    if len(booking.parts) > 1:
        span, day = booking.place.formats.span(part.start, part.end), part.start.date()
        if day != booking.start.date():
            span = f"{booking.place.formats.day(day)}, {span}"
        second = f"{span} · {text(part.service.name)}"
    else:
        second = text(part.resource.occupation)
    return {"name": str(part.resource), "second": second, "face": found}


def _changes(booking: Booking) -> dict[str, Any]:
    """What may still be done, until when, and what was agreed about it."""
    return {
        "policy": _policy(booking),
        "too_late": booking.open and not booking.changeable,
        "agreed": booking.terms.text,
        "moves": _moves(booking) if booking.changeable and booking.place.bookable else "",
        "move_url": booking.url("move", own=1) if booking.movable else "",
        "all_url": booking.url("others"),
        "cancel_url": booking.url("cancellation") if booking.changeable else "",
        "note_url": booking.url("note") if booking.open else "",
    }


def _policy(booking: Booking) -> str:
    if not booking.open:
        return ""
    moment = booking.place.formats.moment(booking.until)
    if booking.changeable:
        if not booking.place.bookable:
            return _("Free to cancel until %(moment)s.") % {"moment": moment}
        return _("Free to move or cancel until %(moment)s.") % {"moment": moment}
    return changing.late(moment, booking.phone)


def _moves(booking: Booking) -> str:
    limit, left = booking.moves_limit, booking.moves_limit - booking.moved
    if not limit:
        return ""
    if left <= 0:
        return _("It was moved as often as is possible online. To move it again, call %(phone)s.") % {
            "phone": booking.phone
        }
    words = ngettext(
        "You can move it online once more.", "You can move it online %(count)d more times.", left
    )
    return words % {"count": left}


def _addresses(booking: Booking) -> dict[str, Any]:
    first = booking.parts[0]
    return {
        "calendar_url": booking.url("calendar"),
        "alone_url": booking.place.outside("visit", None, **booking.link)
        if booking.place.frame.embedded
        else "",
        "google_url": google(booking),
        "outlook_url": outlook(booking),
        "again_url": booking.place.url(
            "home", {"service": first.service.pk, "location": booking.location.pk}
        ),
        "kept_until": booking.place.formats.full_day((booking.end + LINK_LIVES).date()),
    }


def google(booking: Booking) -> str:
    """The visit as an entry of Google Calendar. Without the manage link: that is the client's alone."""
    moments, stamp = [booking.start, booking.end], "%Y%m%dT%H%M%S"
    if any(each.fold for each in moments):  # the hour that comes twice: a wall time would mean the first
        moments, stamp = [each.astimezone(UTC) for each in moments], f"{stamp}Z"
    title, where, code = _entry(booking)
    query = {
        "action": "TEMPLATE",
        "text": title,
        "dates": "/".join(f"{each:{stamp}}" for each in moments),
        "ctz": booking.visit.zone,
        "location": where,
        "details": code,
    }
    return f"{GOOGLE}?{urlencode(query)}"


def outlook(booking: Booking) -> str:
    """The same for the calendar of Outlook.com, which takes instants; Outlook on a computer opens the file."""
    title, where, code = _entry(booking)
    start, end = (f"{each.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for each in (booking.start, booking.end))
    query = {
        "rru": "addevent",
        "subject": title,
        "startdt": start,
        "enddt": end,
        "location": where,
        "body": code,
    }
    return f"{OUTLOOK}?{urlencode(query, quote_via=quote)}"  # it shows a plus as a plus


def _entry(booking: Booking) -> tuple[str, str, str]:
    """Title, place and text of an entry in somebody's calendar."""
    named = (booking.names, ", ".join(booking.whom), booking.place.profile.name)
    code = _("Code %(code)s") % {"code": ids.shown(booking.visit.code)}
    return " · ".join(filter(None, named)), when(booking)["where"], code


def _directions(location: Location) -> str:
    where = ", ".join(filter(None, [location.address, location.city]))
    if location.map_url or not where:
        return location.map_url
    return f"https://www.openstreetmap.org/search?query={quote(where)}"
