"""Asking for a code and the page that waits for it; the same for whoever is known and whoever is not."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.messaging import one_time, work
from visita.messaging.one_time import Ask
from visita.web.front.me.note import Note
from visita.web.front.page import show
from visita.web.front.place import Place
from visita.web.front.views.manage import private
from visita.web.front.visitor import visitor

OURS = frozenset({"code", "again", "code_note", "work", "answer", "stay"})
"""Fields of the code's page itself; everything else a form brought is carried along."""


def send(request: HttpRequest, place: Place, note: Note, *, known: bool = True) -> None:
    """Send a code for the note; refuses as `one_time.send`. Call it outside any scope."""
    one_time.send(
        place.id,
        Ask(
            note.contact,
            note.purpose,
            note.challenge,
            place.profile.name,
            place.language,
            ip=visitor(request).ip,
            work=request.POST.get("work", ""),
            answer=request.POST.get("answer", ""),
        ),
        known=known,
    )


def again(request: HttpRequest, place: Place, note: Note, *, known: bool, **page: Any) -> HttpResponse:
    """A new code for the same page, not sooner than half a minute after the last."""
    if note.early:
        words = ngettext(
            "The last code is on its way. You can ask for another in %(n)d second.",
            "The last code is on its way. You can ask for another in %(n)d seconds.",
            note.early,
        )
        return code_page(request, place, note, told=words % {"n": note.early}, **page)
    try:
        send(request, place, note, known=known)
    except Refusal as refusal:
        return code_page(request, place, note, refusal=refusal, **page)
    note = replace(note, at=int(clock.now().timestamp()))
    return code_page(request, place, note, told=_("A new code is on its way."), **page)


def entrance(request: HttpRequest, place: Place, note: Note, refusal: Refusal | None = None) -> HttpResponse:
    """The page that waits for the code of whoever wants to come in."""
    return code_page(request, place, note, refusal=refusal, **entrance_page(place, note))


def entrance_page(place: Place, note: Note) -> dict[str, Any]:
    """What that page is: it never says that the contact is known."""
    back = place.outside("find" if note.purpose == "find" else "me")
    return {"target": place.outside("me-session"), "back": back, "maybe": True, "stay": True}


def check(request: HttpRequest, place: Place, note: Note) -> None:
    """Try the code that was typed; refuses as `one_time.check`. Call it outside any scope."""
    typed = request.POST.get("code", "")
    one_time.check(place.id, note.contact, note.purpose, note.challenge, typed, visitor(request).ip)


def code_page(
    request: HttpRequest,
    place: Place,
    note: Note,
    *,
    target: str,
    back: str,
    title: str = "",
    maybe: bool = False,
    stay: bool = False,
    told: str = "",
    refusal: Refusal | None = None,
    template: str = "front/me/code.html",
    **more: Any,
) -> HttpResponse:
    """The page with one field for the code. `maybe`: do not say that the contact is known; `stay`: offer to stay."""
    context = {
        "title": title or _("Type the code"),
        "shown": note.contact.shown,
        "by_phone": note.kind == "phone",
        "maybe": maybe,
        "note": note.signed(),
        "carried": carried(request),
        "target": target,
        "back_url": back,
        "stay": stay,
        "told": told,
        **refused(refusal),
        **more,
    }
    status = refusal.status if refusal else 200
    return retry(private(show(request, place, template, context, status)), refusal)


def refused(refusal: Refusal | None) -> dict[str, Any]:
    """What a page shows of a refused code or ask: the error with the tries left, or the puzzle that stands between."""
    if refusal is None:
        return {}
    if "work" in refusal.extra:
        return {"halt": str(refusal.message), "work": refusal.extra["work"], "bits": work.BITS}
    left = refusal.extra.get("left")
    tries = ngettext("%(n)d try is left.", "%(n)d tries are left.", left) % {"n": left} if left else ""
    words = " ".join(filter(None, [str(refusal.message), tries, waiting(refusal)]))
    return {"error": words, "at_code": refusal.field == "code"}


def waiting(refusal: Refusal) -> str:
    """How long until it goes on, in words."""
    seconds = refusal.extra.get("retry_after", 0)
    if not seconds:
        return ""
    if seconds <= 90:
        return ngettext("Wait %(n)d second.", "Wait %(n)d seconds.", seconds) % {"n": seconds}
    minutes = -(-seconds // 60)
    if minutes <= 90:
        return ngettext("Wait %(n)d minute.", "Wait %(n)d minutes.", minutes) % {"n": minutes}
    hours = -(-minutes // 60)
    return ngettext("Wait %(n)d hour.", "Wait %(n)d hours.", hours) % {"n": hours}


def retry(response: HttpResponse, refusal: Refusal | None) -> HttpResponse:
    """Tell programs how long to wait, too."""
    if refusal and "retry_after" in refusal.extra:
        response["Retry-After"] = str(refusal.extra["retry_after"])
    return response


def carried(request: HttpRequest) -> list[tuple[str, str]]:
    """Every other field of the form, to be sent again with the code: nothing typed is lost."""
    return [
        (name, value) for name in request.POST if name not in OURS for value in request.POST.getlist(name)
    ]
