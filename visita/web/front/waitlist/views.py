"""The waitlist's pages: join (GET, POST), the entry behind its link, accept, decline, leave. All work without script."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from visita.bookings import actions
from visita.bookings.actions import Answers, WaitRequest
from visita.bookings.requests import Booked
from visita.bookings.waitlist import links
from visita.clients.contacts import Contact
from visita.clients.models import Client
from visita.foundation import clock
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.web.front import choice as choices
from visita.web.front import offer as offers
from visita.web.front import trap
from visita.web.front.choice import Choice
from visita.web.front.offer import Offer
from visita.web.front.page import acting, reading, show
from visita.web.front.place import Place
from visita.web.front.summary import Part, Subject
from visita.web.front.views.manage import no_link, private
from visita.web.front.visitor import visitor
from visita.web.front.waitlist import page
from visita.web.front.waitlist.form import AcceptForm, JoinForm, tell
from visita.web.front.waitlist.link import kept
from visita.web.front.waitlist.page import Entry

_DAYS = 7  # how far the last day proposed lies behind the first


@reading
def join(request: HttpRequest, place: Place) -> HttpResponse:
    """GET: the form for what was chosen (`service`, `resource`, `also`, `location`, `date`, `seats` as everywhere)."""
    choice, found = choices.read(request.GET), offers.load()
    subject = _subject(place, found, choice)
    if subject is None:
        return redirect(place.url("home", choice.query()))
    today = clock.now().astimezone(found.zone(subject.location)).date()
    first = max(choice.day or today, today)
    initial = {
        "first_day": first, "last_day": first + timedelta(days=_DAYS),
        "resource": str(subject.resource or ""), "seats": subject.seats,
    }  # fmt: skip
    return _join_page(request, subject, choice, _form(subject, choice, today, initial=initial))


@acting
def joining(request: HttpRequest, place: Place) -> HttpResponse:
    """POST: join; the answer says that a link was sent, for only who can read it shall open it."""
    choice = choices.read(request.POST)
    with scope(place.id):
        subject = _subject(place, offers.load(), choice)
        if subject is None:
            return redirect(place.url("home", choice.query()))
        today = clock.now().astimezone(subject.offer.zone(subject.location)).date()
        form = _form(subject, choice, today, data=request.POST)
    if not form.is_valid():
        return _again(request, subject, choice, form, 422)
    try:
        trap.require_person(request, place)
        _join(request, subject, choice, form)
    except Refusal as refusal:
        tell(form, refusal)
        return _again(request, subject, choice, form, refusal.status)
    with scope(place.id):
        phone = form.cleaned_data["phone"]
        context = {"subject": subject, "sent_to": Contact("phone", phone).shown if phone else ""}
        return private(show(request, place, "front/waitlist/joined.html", context))


@reading
def entry(request: HttpRequest, place: Place, code: str, token: str) -> HttpResponse:
    """GET: the entry, and the offer if there is one."""
    try:
        found = page.load(place, links.opened(code, token), token)
    except Refusal as refusal:
        return no_link(request, place, refusal)
    return _entry_page(request, found, _accept_form(found))


@acting
def accept(request: HttpRequest, place: Place, code: str, token: str) -> HttpResponse:
    """POST: take the offered time; to the visit's page, or back with what is missing or what became of it."""
    try:
        with scope(place.id):
            found = page.load(place, links.opened(code, token), token)
            form = _accept_form(found, request.POST)
            client = Client.objects.get(pk=found.waiting.client_id)
    except Refusal as refusal:
        return no_link(request, place, refusal)
    if form is not None and not form.is_valid():
        with scope(place.id):
            return _entry_page(request, found, form, status=422)
    try:
        done = actions.accept(place.id, found.waiting.pk, _answers(form, client), holder(request, client))
    except Refusal as refusal:
        if form is not None and form.refuse(refusal):
            with scope(place.id):
                return _entry_page(request, found, form, status=422)
        return _later(request, place, code, token, str(refusal.message), refusal.status)
    if isinstance(done, Booked):
        return private(redirect(place.url("visit", {"new": 1}, code=done.code, token=done.manage_token)))
    return private(redirect(found.url("waiting")))


@acting
def decline(request: HttpRequest, place: Place, code: str, token: str) -> HttpResponse:
    """POST: not this time; the entry stays."""
    return _act(request, place, code, token, "decline")


@acting
def leave(request: HttpRequest, place: Place, code: str, token: str) -> HttpResponse:
    """POST: wait no more."""
    return _act(request, place, code, token, "leave")


def _act(request: HttpRequest, place: Place, code: str, token: str, deed: str) -> HttpResponse:
    try:
        with scope(place.id):
            waiting = links.opened(code, token)
            client = Client.objects.get(pk=waiting.client_id)
        if deed == "leave":
            actions.leave(place.id, waiting.pk, holder(request, client))
        else:
            actions.end_offer(place.id, waiting.pk, "declined", holder(request, client))
    except Refusal as refusal:
        return no_link(request, place, refusal)
    return private(redirect(place.url("waiting", None, code=code, token=token)))


def holder(request: HttpRequest, client: Client) -> Actor:
    """Who opened the link that was sent to the client's contact."""
    plain = visitor(request, str(client))
    return Actor("client", client.pk, plain.label, ip=plain.ip, source="waitlist")


def _answers(form: AcceptForm | None, client: Client) -> Answers:
    """The link went to the client's phone where there is one, so the phone is confirmed by it."""
    confirmed = bool(client.phone_e164)
    if form is None:
        return Answers(phone_confirmed=confirmed)
    return Answers(form.answers, form.consents, confirmed, form.subject, form.others)


def _accept_form(found: Entry, data: Any = None) -> AcceptForm | None:
    """None where accepting asks nothing more."""
    if found.open_offer is None:
        return None
    form = AcceptForm(data, place=found.place, asks=page.asked(found, found.open_offer))
    return form if form.asks_anything else None


def _entry_page(
    request: HttpRequest, found: Entry, form: AcceptForm | None, status: int = 200, said: str = ""
) -> HttpResponse:
    context = {**page.context(found), "form": form, "said": said}
    return private(show(request, found.place, "front/waitlist/entry.html", context, status))


def _later(request: HttpRequest, place: Place, code: str, token: str, said: str, status: int) -> HttpResponse:
    """The page as it is after a refusal, with its sentence."""
    with scope(place.id):
        found = page.load(place, links.opened(code, token), token)
        return _entry_page(request, found, _accept_form(found), status, said)


def _subject(place: Place, found: Offer, choice: Choice) -> Subject | None:
    """What is waited for; None where something has still to be chosen, or there is no waitlist for it."""
    found = found.only(_kind(found, choice))
    service = found.services.get(choice.service or 0)
    able = [key for key in found.locations if service in found.services_for(key, None)]
    location = choice.location if choice.location in able else able[0] if len(able) == 1 else None
    if service is None or location is None or not place.bookable:
        return None
    if any(one.service not in found.services for one in choice.also):
        return None
    parts = [found.services[one.service] for one in choice.also]
    if not all(kept(found, location, each) for each in (service, *parts)):
        return None
    people = [one.pk for one in found.people(service.pk, location)]
    resource = choice.resource if choice.resource in people else None
    also = tuple(Part(found.services[one.service], one.resource, one.subject) for one in choice.also)
    seats = min(choice.seats, max(1, service.max_party))
    return Subject(place, found, location, service, resource, seats, also)


def _kind(found: Offer, choice: Choice) -> str:
    """The kind of animal or vehicle that was chosen on the way here, of those that the organization names."""
    return choice.kind if choice.kind in found.kinds else ""


def _form(subject: Subject, choice: Choice, today: date, **more: Any) -> JoinForm:
    about = page.about(subject.place, subject.location, subject.service, _kind(subject.offer, choice))
    people = subject.offer.people(subject.service.pk, subject.location)
    options = [("", _("Anyone"))] + [(str(one.pk), str(one)) for one in people]
    several = bool(subject.several) or subject.service.kind == "class"
    return JoinForm(
        place=subject.place, people=options[:1] if several else options, most=subject.service.max_party,
        asks=about, today=today, **more,
    )  # fmt: skip


def _join(request: HttpRequest, subject: Subject, choice: Choice, form: JoinForm) -> None:
    client = form.client(subject.place.language)
    first = (subject.service.pk, form.wanted())
    rest = tuple((part.service.pk, part.resource) for part in subject.parts[1:])
    wish = WaitRequest(
        (first, *rest), form.window(), client=client, location_id=subject.location,
        seats=form.cleaned_data.get("seats") or 1, note=form.cleaned_data["note"][:300],
        whose=tuple(part.subject for part in subject.parts), kind=_kind(subject.offer, choice), subject=form.subject,
    )  # fmt: skip
    actions.join(subject.place.id, wish, visitor(request, f"{client.first_name} {client.last_name}"))


def _again(
    request: HttpRequest, subject: Subject, choice: Choice, form: JoinForm, status: int
) -> HttpResponse:
    with scope(subject.place.id):
        return _join_page(request, subject, choice, form, status)


def _join_page(
    request: HttpRequest, subject: Subject, choice: Choice, form: JoinForm, status: int = 200
) -> HttpResponse:
    place = subject.place
    back = choice.query(location=subject.location, resource=subject.resource, seats=subject.seats)
    context = {
        "subject": subject, "form": form, "target": place.url("waitlist-join"),
        "also": "-".join(map(str, choice.also)), "kind": choice.kind, "back": place.url("home", back),
    }  # fmt: skip
    return private(show(request, place, "front/waitlist/join.html", context, status))
