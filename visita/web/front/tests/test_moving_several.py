"""A visit of several services goes to another time as a whole: as combinations, or with the gaps that staff made."""

from typing import Any

import pytest

from tests import world
from visita.bookings.actions.book import book
from visita.bookings.models import Appointment, Visit
from visita.bookings.requests import Booked, BookRequest, Item
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy
from visita.web.front.tests.conftest import Visitor, minute, words


@pytest.fixture
def wash(visitor: Visitor) -> int:
    """A short service that only Ana gives."""
    return world.service(visitor.clinic.id, "Wash", [visitor.clinic.ana], minutes=20, price_minor=5000)


def _booked(visitor: Visitor, *items: Item, staff: bool = False) -> str:
    """The manage link of a visit of these services."""
    request = BookRequest(items, client=world.person(), staff=staff)
    booked = book(visitor.clinic.id, request, world.STAFF if staff else world.CLIENT)
    assert isinstance(booked, Booked)
    return f"/{visitor.clinic.slug}/v/{booked.code}/{booked.manage_token}/"


@pytest.fixture
def link(visitor: Visitor, wash: int) -> str:
    """Monday at nine with Ana: a consultation and then a wash."""
    ana = visitor.clinic.ana
    first = Item(visitor.clinic.visit, ana, world.at(9))
    return _booked(visitor, first, Item(wash, ana, world.at(9, 30)))


def _times(page: Any) -> dict[str, str]:
    return {time.text: time.value for part in page.context["parts"] for time in part.times}


def _rows(visitor: Visitor) -> list[tuple[int, int | None]]:
    with scope(visitor.clinic.id):
        visit = Visit.objects.earliest("id").pk
        return list(
            Appointment.objects.filter(visit_id=visit).order_by("position").values_list("s", "resource_id")
        )


def test_it_is_offered_as_combinations_and_its_own_time_is_free(visitor: Visitor, link: str) -> None:
    assert f"{link}times/" in visitor.browser.get(link).content.decode()
    page = visitor.browser.get(f"{link}times/?date=2026-11-23")
    assert "Move to which time?" in words(page) and "Another service" not in words(page)
    assert "Remove" not in words(page) and "09:00–09:50" in _times(page)


def test_all_of_it_moves_in_one_go(visitor: Visitor, link: str, wash: int) -> None:
    clinic = visitor.clinic
    slot = f"{clinic.mihai}.{minute(9)}-{clinic.ana}.{minute(9, 30)}"  # the wash overlaps where it was
    question = visitor.browser.post(f"{link}move/", {"slot": slot})
    assert "Mihai Ionescu, Ana Pop" in words(question) and _rows(visitor)[0] == (minute(9), clinic.ana)
    sure = {"slot": slot, "sure": "1", "version": question.context["version"]}
    done = visitor.browser.post(f"{link}move/", sure)
    assert done.status_code == 302
    assert _rows(visitor) == [(minute(9), clinic.mihai), (minute(9, 30), clinic.ana)]
    later = _times(visitor.browser.get(f"{link}times/?date=2026-11-24"))["11:00–11:50"]
    assert visitor.browser.post(f"{link}move/", {"slot": later, "sure": "1"}).status_code == 302
    assert [s for s, _who in _rows(visitor)] == [minute(11, day=1), minute(11, 30, day=1)]


def test_a_person_may_be_chosen_for_one_of_them(visitor: Visitor, link: str, wash: int) -> None:
    clinic = visitor.clinic
    page = visitor.browser.get(
        f"{link}times/?service={clinic.visit}&resource={clinic.mihai}&also={wash}&date=2026-11-24"
    )
    assert (
        _times(page)["11:00–11:50"]
        == f"{clinic.mihai}.{minute(11, day=1)}-{clinic.ana}.{minute(11, 30, day=1)}"
    )
    other = visitor.browser.get(f"{link}times/?service={clinic.gym}&also={clinic.yoga}&date=2026-11-24")
    assert _times(other).keys() == _times(page).keys()  # other services are not what was booked


def test_a_time_that_is_gone_leaves_the_visit_and_offers_others(visitor: Visitor, link: str) -> None:
    clinic, before = visitor.clinic, _rows(visitor)
    book(clinic.id, world.request(clinic, world.at(11, 30), who=clinic.ana), world.CLIENT)
    slot = f"{clinic.ana}.{minute(11)}-{clinic.ana}.{minute(11, 30)}"
    page = visitor.browser.post(f"{link}move/", {"slot": slot, "sure": "1"})
    assert page.status_code == 409 and "Your visit stays where it was." in words(page)
    assert _rows(visitor) == before and len(page.context["near"]) == 3
    nearest = page.context["near"][0]["value"]
    assert visitor.browser.post(f"{link}move/", {"slot": nearest, "sure": "1"}).status_code == 302


@pytest.mark.parametrize("minutes", [(25, 0), (0, 0), (0, 600)], ids=["overlap", "both at once", "far apart"])
def test_what_is_no_combination_is_refused(visitor: Visitor, link: str, minutes: tuple[int, int]) -> None:
    before, who = _rows(visitor), visitor.clinic.ana
    one, other = (minute(11) + each for each in minutes)
    page = visitor.browser.post(f"{link}move/", {"slot": f"{who}.{one}-{who}.{other}", "sure": "1"})
    assert page.status_code in (409, 422) and _rows(visitor) == before


@pytest.mark.parametrize("slot", ["", "any.1", "x-y", "any.1-any.2-any.3", "-"])
def test_broken_moves_change_nothing(visitor: Visitor, link: str, slot: str) -> None:
    before = _rows(visitor)
    assert visitor.browser.post(f"{link}move/", {"slot": slot, "sure": "1"}).status_code < 500
    assert _rows(visitor) == before


def test_gaps_that_staff_made_stay(visitor: Visitor, wash: int) -> None:
    clinic = visitor.clinic
    items = (Item(clinic.visit, clinic.mihai, world.at(9)), Item(wash, clinic.ana, world.at(12)))
    link = _booked(visitor, *items, staff=True)
    book(clinic.id, world.request(clinic, world.at(14), who=clinic.ana), world.CLIENT)
    times = _times(visitor.browser.get(f"{link}times/?date=2026-11-23"))
    assert "10:00–13:20" in times and "11:00–14:20" not in times  # Ana is taken at two
    done = visitor.browser.post(f"{link}move/", {"slot": times["10:00–13:20"], "sure": "1"})
    assert done.status_code == 302
    assert _rows(visitor) == [(minute(10), clinic.mihai), (minute(13), clinic.ana)]
    lost = f"{clinic.mihai}.{minute(11)}-{clinic.ana}.{minute(14)}"
    page = visitor.browser.post(f"{link}move/", {"slot": lost, "sure": "1"})
    assert page.status_code == 409
    assert _rows(visitor) == [(minute(10), clinic.mihai), (minute(13), clinic.ana)]
    near = page.context["near"][0]["value"]  # as far apart as they are
    assert visitor.browser.post(f"{link}move/", {"slot": near, "sure": "1"}).status_code == 302
    (first, who), (second, other) = _rows(visitor)
    assert (second - first, who, other) == (180, clinic.mihai, clinic.ana) and first != minute(10)


def test_two_who_came_together_move_together(visitor: Visitor) -> None:
    clinic = visitor.clinic
    tenancy.set_setting(clinic.id, "subjects_most", 2, actor=world.STAFF)
    items = (
        Item(clinic.visit, clinic.ana, world.at(9)),
        Item(clinic.visit, clinic.mihai, world.at(9), subject=1),
    )
    link = _booked(visitor, *items)
    slot = _times(visitor.browser.get(f"{link}times/?date=2026-11-24"))["10:00–10:30"]
    assert visitor.browser.post(f"{link}move/", {"slot": slot, "sure": "1"}).status_code == 302
    assert [s for s, _who in _rows(visitor)] == [minute(10, day=1)] * 2
