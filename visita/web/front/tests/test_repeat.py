"""A client repeats a visit where the service allows it: every date is shown, and what was shown is booked."""

import re

import pytest

from tests import world
from visita.bookings import actions
from visita.bookings.models import Turn, Visit
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy
from visita.web.front.tests.conftest import Visitor, minute, words


@pytest.fixture
def link(visitor: Visitor) -> str:
    clinic = visitor.clinic
    tenancy.set_setting(
        clinic.id, "repeat_most", 4, scope_kind="service", scope_id=clinic.visit, actor=world.STAFF
    )
    return visitor.book(minute(10), who=str(clinic.ana))


def rows(html: str) -> dict[str, str]:
    found = dict(re.findall(r'type="checkbox" name="(row_\d)" value="([^"]+)" checked', html))
    for name, options in re.findall(
        r'<select class="input" id="[^"]+" name="(row_\d)">(.*?)</select>', html, re.S
    ):
        found[name] = re.findall(r'value="([^"]*)"', options)[0]
    return found


def visits(visitor: Visitor) -> int:
    with scope(visitor.clinic.id):
        return Visit.objects.count()


def test_a_client_repeats_a_visit(visitor: Visitor, link: str) -> None:
    assert "Repeat this visit" in words(visitor.browser.get(link))
    html = visitor.browser.get(f"{link}repeat/?way=week&count=3").content.decode()
    sent = {"way": "week", "count": "3", **rows(html)}
    assert len(rows(html)) == 2
    page = visitor.browser.post(f"{link}repetition/", sent, follow=True)
    assert "2 more visits are booked" in words(page) and "Repeat this visit" not in words(page)
    with scope(visitor.clinic.id):
        assert Visit.objects.count() == Turn.objects.count() == 3


def test_a_date_taken_meanwhile_books_nothing(visitor: Visitor, link: str) -> None:
    html = visitor.browser.get(f"{link}repeat/?way=week&count=3").content.decode()
    with scope(visitor.clinic.id):
        who = next(iter(Visit.objects.all())).pk
    taken = world.request(
        visitor.clinic, world.at(10, day=world.day_after(7)), who=visitor.clinic.ana, staff=True
    )
    actions.book(visitor.clinic.id, taken, world.STAFF)
    page = visitor.browser.post(f"{link}repetition/", {"way": "week", "count": "3", **rows(html)})
    assert who and page.status_code == 409 and "not free any more" in words(page)
    assert visits(visitor) == 2


@pytest.mark.parametrize(
    "query", ["way=week&count=5", "way=week&count=1", "way=eon&count=3", "way=week&count=x"]
)
def test_what_makes_no_sense_is_refused_in_words(visitor: Visitor, link: str, query: str) -> None:
    page = visitor.browser.get(f"{link}repeat/?{query}")
    assert page.status_code == 422 and 'role="alert"' in page.content.decode()


def test_where_it_is_not_allowed_there_is_no_way(visitor: Visitor) -> None:
    link = visitor.book(minute(11))
    assert "Repeat this visit" not in words(visitor.browser.get(link))
    assert visitor.browser.get(f"{link}repeat/").status_code == 302
    visitor.browser.post(f"{link}repetition/", {"way": "week", "count": "3"})
    assert visits(visitor) == 1


def test_the_question_keeps_the_chosen_language(visitor: Visitor, link: str) -> None:
    page = visitor.browser.get(f"{link}repeat/?lang=ro").content.decode()
    assert '<input type="hidden" name="lang" value="ro">' in page
