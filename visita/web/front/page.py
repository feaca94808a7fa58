"""The frame around every client view: finds the place, sets the language, bounds the scope, turns refusals to pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.web.front import engines
from visita.web.front.embed.address import own_origins
from visita.web.front.embed.policy import allow_frames
from visita.web.front.guard import comes_from_here
from visita.web.front.measuring import mark, measured, step_of, told
from visita.web.front.place import Moved, Place, find

View = Callable[..., HttpResponse]

_OPEN = frozenset(["home", "linked", "services", "contact"])
"""Pages that hold nothing secret and nothing personal: these go out compressed. Elsewhere what is secret would share a
stream with what a stranger may choose (BREACH)."""
_squeeze = GZipMiddleware(lambda request: HttpResponse()).process_response


def _compressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    at = request.resolver_match
    open_ = request.method == "GET" and at is not None and at.url_name in _OPEN
    if open_:
        _squeeze(request, response)  # changes the response itself
    return response


def reading(view: View) -> View:
    """A page that only reads: one scope around the whole view, GET and HEAD only."""

    def run(request: HttpRequest, place: Place, **parts: Any) -> HttpResponse:
        with scope(place.id):
            return view(request, place, **parts)

    return _framed(run, ("GET", "HEAD"))


def acting(view: View) -> View:
    """A form's target: POST from our own pages only; the view opens its scopes (actions need their own)."""
    return _framed(view, ("POST",))


def show(
    request: HttpRequest, place: Place, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render a client page with what its frame needs."""
    languages = place.languages(request) if request.method != "POST" else []
    present = next((one for one in languages if one["code"] == place.language), None)
    reached = step_of(request, template)
    frame = {
        "place": place.context(),
        "languages": languages,
        "language": present,
        "reached": told(request, reached),
        "engines": engines.told(request, place),
    }
    return mark(render(request, template, {**frame, **context}, status=status), reached)


def refused(request: HttpRequest, place: Place, refusal: Refusal) -> HttpResponse:
    """A refusal that has no better page: what happened, whom to call, the way back to the start."""
    response = show(request, place, "front/refused.html", {"refusal": refusal}, status=refusal.status)
    if "retry_after" in refusal.extra:
        response["Retry-After"] = str(refusal.extra["retry_after"])
    return response


def _framed(view: View, methods: tuple[str, ...]) -> View:
    @csrf_exempt
    @wraps(view)
    def framed(
        request: HttpRequest, organization: str, *, embedded: bool = False, **parts: Any
    ) -> HttpResponse:
        if request.method not in (*methods, "GET"):
            return HttpResponseNotAllowed(methods)
        try:
            place = _found(request, organization, embedded)
        except Moved as moved:
            return _to_present_name(request, organization, moved.slug)
        with translation.override(place.language):
            if request.method not in methods:
                return allow_frames(
                    _typed_by_hand(request, place, methods), place, account=_of_account(request)
                )
            answer = allow_frames(_answer(view, request, place, parts), place, account=_of_account(request))
            return measured(request, place, _compressed(request, answer))

    return framed


def _of_account(request: HttpRequest) -> bool:
    """Whether the page stands on the account's cookie; who registers has none yet."""
    at = request.resolver_match
    name = (at.url_name if at else None) or ""
    return name.partition("-")[0] == "me" and name not in _BOOKING


def _found(request: HttpRequest, organization: str, embedded: bool) -> Place:
    accepted = request.headers.get("Accept-Language", "")
    return find(organization, request.GET, accepted=accepted, embedded=embedded, ours=own_origins(request))


def _typed_by_hand(request: HttpRequest, place: Place, methods: tuple[str, ...]) -> HttpResponse:
    """The address of a form's target, opened from the address bar or a bookmark: the way back instead of nothing."""
    at = request.resolver_match
    if at is not None and at.url_name in _OF_A_VISIT:
        return redirect(place.url("visit", code=at.kwargs["code"], token=at.kwargs["token"]))
    title = _("This page was open for too long. Nothing was booked.")
    response = show(request, place, "front/stale.html", {"title": title}, status=405)
    response["Allow"] = ", ".join(methods)
    return response


_OF_A_VISIT = frozenset({"cancel", "here", "repetition", "note", "withdrawal", "to", "others-cancel"})
"""Targets of the forms on a visit's own pages, which show how it stands."""


def _answer(view: View, request: HttpRequest, place: Place, parts: dict[str, Any]) -> HttpResponse:
    if request.method == "POST" and not comes_from_here(request):
        return show(request, place, "front/foreign.html", {}, status=403)
    try:
        response = view(request, place, **parts) if _offered(request, place) else _contact(request, place)
    except Refusal as refusal:
        response = refused(request, place, refusal)
    response.headers.setdefault("Cache-Control", "private, no-cache")
    response.headers["Content-Language"] = place.language
    return response


_BOOKING = frozenset(
    {"home", "linked", "when", "hold", "details", "booking", "more", "back", "me-register", "me-registration"}
)


def _offered(request: HttpRequest, place: Place) -> bool:
    """Whether this page exists for clients: where they may not book, no step of booking does (ORG-06)."""
    at = request.resolver_match
    return place.bookable or at is None or at.url_name not in _BOOKING


def _contact(request: HttpRequest, place: Place) -> HttpResponse:
    from visita.web.front.views.about import contact_page  # it is a view, which stands on this module

    with scope(place.id):
        return contact_page(request, place, status=200 if request.method == "GET" else 403)


def _to_present_name(request: HttpRequest, former: str, slug: str) -> HttpResponse:
    if request.method == "POST":
        raise Http404
    return redirect(request.get_full_path().replace(f"/{former}/", f"/{slug}/", 1), permanent=True)
