"""Whom or what a client's visits are about: animals, children, cars; added, changed, put away by the client (CA-04)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from visita.clients import queries
from visita.clients.actions import add_subject, archive_subject, change_subject
from visita.clients.models import Subject
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.web.front.me.account import Account, mine, mine_acting
from visita.web.front.me.forms import SubjectForm
from visita.web.front.me.kinds import kinds, words
from visita.web.front.page import show


@mine_acting
def add(request: HttpRequest, account: Account, person: int) -> HttpResponse:
    """POST `kind` and `name`: a new one; nothing typed yet shows the form."""
    account.person(person)
    with scope(account.place.id):
        typed = request.POST if "name" in request.POST else None
        form = SubjectForm(typed, kinds=kinds(account.place))
        if typed is None or not form.is_valid():
            return _page(request, account, person, form, None, 422 if typed else 200)
    data = form.cleaned_data

    def act() -> None:
        actor = account.actor(request)
        add_subject(account.place.id, person, data["kind"], data["name"], actor=actor)

    return _acted(request, account, person, form, None, act)


@mine
def page(request: HttpRequest, account: Account, person: int, subject: int) -> HttpResponse:
    """GET: one of them."""
    account.person(person)
    found = queries.subject(subject, person)
    form = SubjectForm(initial={"name": found.name}, kinds=[], known=True)
    return _page(request, account, person, form, found)


@mine_acting
def change(request: HttpRequest, account: Account, person: int, subject: int) -> HttpResponse:
    """POST `name`: its new name."""
    account.person(person)
    with scope(account.place.id):
        found = queries.subject(subject, person)
        form = SubjectForm(request.POST, kinds=[], known=True)
        if not form.is_valid():
            return _page(request, account, person, form, found, 422)
    name = form.cleaned_data["name"]

    def act() -> None:
        change_subject(account.place.id, subject, person, name, actor=account.actor(request))

    return _acted(request, account, person, form, found, act)


@mine_acting
def away(request: HttpRequest, account: Account, person: int, subject: int) -> HttpResponse:
    """POST: no longer offered; the visits keep it."""
    account.person(person)
    archive_subject(account.place.id, subject, person, actor=account.actor(request))
    return redirect(account.place.outside("me-person", person=str(person)))


def _acted(
    request: HttpRequest,
    account: Account,
    person: int,
    form: SubjectForm,
    subject: Subject | None,
    act: Callable[[], None],
) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        form.refuse(refusal)
        with scope(account.place.id):
            return _page(request, account, person, form, subject, refusal.status)
    return redirect(account.place.outside("me-person", person=str(person)))


def _page(
    request: HttpRequest,
    account: Account,
    person: int,
    form: SubjectForm,
    subject: Subject | None,
    status: int = 200,
) -> HttpResponse:
    place, parts = account.place, {"person": str(person)}
    one = {**parts, "subject": str(subject.pk)} if subject else {}
    context = {
        "form": form,
        "subject": subject,
        "kind": words(place).get(subject.kind, subject.kind) if subject else "",
        "facts": list(subject.details.items()) if subject else [],
        "target": place.outside("me-subject-change", None, **one)
        if one
        else place.outside("me-subject-add", None, **parts),
        "away_url": place.outside("me-subject-away", None, **one) if one else "",
        "back_url": place.outside("me-person", None, **parts),
    }
    return show(request, place, "front/me/subject.html", context, status)
