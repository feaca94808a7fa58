"""The letters about a visit: booked, asked for, confirmed, moved, cancelled. By email whole, with the entry for the calendar;
by SMS one sentence and the link."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.template.loader import render_to_string
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from visita.bookings.calendar_entry import Entry, Method, Parties, calendar
from visita.foundation import gsm
from visita.messaging import spelling, wishes
from visita.messaging.letters import Letter
from visita.messaging.visit_facts import Facts

CHANGED: Final = "changed"  # staff changed the services of the visit; by email only
RESTORED: Final = "restored"  # told as a confirmation is: to who was told that the visit is cancelled
GONE: Final = (wishes.CANCELLED, wishes.CALLED_OFF)
_SHORT: Final = 2  # parts of an SMS; the place is left out where it would take more


@dataclass(frozen=True, slots=True)
class News:
    """What is told: the kind (`wishes.EVENTS` or RESTORED) of one visit, or of those of a series, by time."""

    kind: str
    visits: Sequence[Facts]

    @property
    def first(self) -> Facts:
        """The visit, or the first of the series."""
        return self.visits[0]

    @property
    def waits(self) -> bool:
        """Whether it counts only once it is confirmed."""
        return self.first.view.visit.status == "requested"


def email(news: News, to: str) -> Letter:
    """The whole letter."""
    subject, intro = _subject(news), _intro(news)
    rows = _rows(news)
    more = _more(news)
    house = news.first.house
    context = {
        "language": house.language,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "name": house.profile.name,
        "subject": subject,
        "intro": intro,
        "rows": rows,
        "preparation": news.first.preparation if news.kind not in GONE else [],
        "room": _room(news),
        "link": news.first.link,
        "again": news.kind in GONE,
        "more": more,
    }
    method, parties = _method(news, to)
    found = calendar([_entry(each) for each in news.visits], method, parties)
    return Letter(
        subject,
        _plain(news, intro, rows, more),
        html=render_to_string("messaging/letter.html", context),
        calendar=found.decode(),
        method=method,
    )


def sms(news: News) -> Letter:
    """One sentence with the link, without the place where that makes it shorter than three parts."""
    whole, short = (spelling.sms(_sentence(news, place)) for place in (True, False))
    return Letter("", whole if gsm.parts(whole) <= _SHORT else short)


def _sentence(news: News, place: bool) -> str:
    words = {"name": news.first.house.profile.name, "when": news.first.moment}
    told = (_many_short() if len(news.visits) > 1 else _short())[news.kind] % {
        **words,
        "count": len(news.visits),
    }
    where = news.first.where if place and news.kind not in GONE else ""
    return " ".join(filter(None, (told, f"{where}." if where else "", news.first.short_link)))


def _short() -> dict[str, str]:
    return {
        wishes.BOOKED: _("%(name)s: booked, %(when)s."),
        wishes.REQUESTED: _("%(name)s: request for %(when)s, not confirmed yet."),
        wishes.CONFIRMED: _("%(name)s: confirmed, %(when)s."),
        wishes.MOVED: _("%(name)s: moved to %(when)s."),
        wishes.CANCELLED: _("%(name)s: your visit on %(when)s is cancelled."),
        wishes.CALLED_OFF: _("%(name)s: your visit on %(when)s is cancelled."),
        RESTORED: _("%(name)s: your visit on %(when)s takes place after all."),
    }


def _many_short() -> dict[str, str]:
    cancelled = _("%(name)s: %(count)d of your visits are cancelled, the first on %(when)s.")
    booked = _("%(name)s: %(count)d visits are booked, the first %(when)s.")
    moved = _("%(name)s: %(count)d of your visits have new times, the first on %(when)s.")
    return {
        **dict.fromkeys(wishes.EVENTS, booked),
        wishes.MOVED: moved,
        wishes.CANCELLED: cancelled,
        wishes.CALLED_OFF: cancelled,
    }


def _subject(news: News) -> str:
    words = {"service": news.first.names, "when": news.first.moment}
    if len(news.visits) > 1:
        words["count"] = str(len(news.visits))
        return _many_subject(news.kind) % words
    return {
        CHANGED: _("Your visit has changed"),
        wishes.BOOKED: _("Booked: %(service)s, %(when)s"),
        wishes.REQUESTED: _("Your request: %(service)s, %(when)s"),
        wishes.CONFIRMED: _("Confirmed: %(service)s, %(when)s"),
        wishes.MOVED: _("New time: %(service)s, %(when)s"),
        wishes.CANCELLED: _("Cancelled: %(service)s, %(when)s"),
        wishes.CALLED_OFF: _("Cancelled: %(service)s, %(when)s"),
        RESTORED: _("It takes place: %(service)s, %(when)s"),
    }[news.kind] % words


def _many_subject(kind: str) -> str:
    if kind in GONE:
        return _("Cancelled: %(service)s, %(count)s dates")
    if kind == wishes.MOVED:
        return _("New times: %(service)s, %(count)s dates")
    return _("Booked: %(service)s, %(count)s dates")


def _intro(news: News) -> str:
    if len(news.visits) > 1:
        if news.kind == wishes.MOVED:
            return _("These visits have new times.")
        return _("These visits are cancelled.") if news.kind in GONE else _("Your visits are booked.")
    told = {
        CHANGED: _("Your visit has changed. This is how it is now."),
        wishes.BOOKED: _("Your visit is booked."),
        wishes.REQUESTED: _("We have your request."),
        wishes.CONFIRMED: _("Your visit is confirmed."),
        wishes.MOVED: _("Your visit has a new time."),
        wishes.CANCELLED: _("Your visit is cancelled."),
        wishes.CALLED_OFF: _("Your visit is cancelled."),
        RESTORED: _("Your visit takes place after all, at the time it had."),
    }[news.kind]
    waits = _("The time is kept for you. It counts once it is confirmed.") if news.waits else ""
    return " ".join(filter(None, (told, waits)))


def _rows(news: News) -> list[tuple[str, list[str]]]:
    """The facts, each a label and its lines."""
    if len(news.visits) > 1:
        dates = [f"{each.when} · {each.code}" for each in news.visits]
        rows = [(_("When"), dates), (_("What"), news.first.lines)]
    else:
        rows = [(_("When"), [news.first.when]), (_("What"), news.first.lines)]
    if news.kind not in GONE:
        rows += [(_("With"), [news.first.who]), (_("Where"), [news.first.where])]
        rows += [(_("Price"), [news.first.price])] if len(news.visits) == 1 else []
    rows += [(_("Code"), [news.first.code])] if len(news.visits) == 1 else []
    return [(label, lines) for label, lines in rows if any(lines)]


def _room(news: News) -> str:
    return news.first.room_link if news.kind not in GONE and len(news.visits) == 1 else ""


def _more(news: News) -> str:
    return _("Questions: %(phone)s") % {"phone": news.first.phone} if news.first.phone else ""


def _way(news: News) -> str:
    return _("Your visit, and another time") if news.kind in GONE else _("See or change your visit")


def _plain(news: News, intro: str, rows: list[tuple[str, list[str]]], more: str) -> str:
    told = [
        f"{label}: {lines[0]}" if len(lines) == 1 else "\n".join([f"{label}:", *lines])
        for label, lines in rows
    ]
    blocks = [news.first.house.profile.name, intro, "\n".join(told)]
    if news.kind not in GONE and news.first.preparation:
        blocks.append("\n".join([_("Before you come") + ":", *news.first.preparation]))
    if room := _room(news):
        blocks.append(f"{_('By video')}: {room}")
    blocks += [f"{_way(news)}: {news.first.link}", more]
    return "\n\n".join(filter(None, blocks))


def _entry(one: Facts) -> Entry:
    code = _("Code %(code)s") % {"code": one.code}
    return Entry(
        visit=one.view.visit,
        public_id=one.house.organization.public_id,
        start=one.start,
        end=one.view.local(one.view.visit.e),
        summary=f"{one.names} · {one.house.profile.name}",
        location=one.where,
        description="\n".join(filter(None, (code, one.room_link, one.link))),
        link=one.link,
    )


def _method(news: News, to: str) -> tuple[Method, Parties | None]:
    """A calendar takes one visit from its sender by itself; several, or of a sender without address, it is shown."""
    profile = news.first.house.profile
    sender = news.first.location.email or profile.email
    if len(news.visits) > 1 or not sender:
        return "PUBLISH", None
    return "CANCEL" if news.kind in GONE else "REQUEST", Parties(profile.name, sender, to)
