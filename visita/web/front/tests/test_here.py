"""Checking in by the manage link: on the day, near the time, once; from then on the number and the wait."""

from tests import world
from visita.bookings import actions
from visita.bookings.models import Ticket, Visit
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy
from visita.web.front.tests.conftest import Visitor, minute, words


def test_who_is_here_says_so_and_gets_a_number(visitor: Visitor) -> None:
    tenancy.set_setting(visitor.clinic.id, "queue", True, actor=world.STAFF)
    link = visitor.book(minute(10), first_name="Maria")
    early = visitor.browser.get(link)
    assert "I am here" not in words(early) and "Refresh" not in early
    with clock.at(world.at(9, 30)):
        assert "I am here" in words(visitor.browser.get(link))
        for _press in range(2):
            page = visitor.browser.post(f"{link}here/", follow=True)
            assert "You are checked in. Your number is 1" in words(page)
        assert visitor.browser.get(link)["Refresh"] == "30"  # so that it says when the number is called
    with scope(visitor.clinic.id):
        assert Visit.objects.get().status == "arrived" and Ticket.objects.count() == 1


def test_too_early_checks_nobody_in(visitor: Visitor) -> None:
    link = visitor.book(minute(10))
    page = visitor.browser.post(f"{link}here/", follow=True)
    assert page.status_code == 200 and "See you" in words(page)
    with scope(visitor.clinic.id):
        assert Visit.objects.get().status == "confirmed"


def test_who_presses_after_all_is_done_sees_how_the_visit_stands(visitor: Visitor) -> None:
    """It ended before its time: the page neither waits for them nor says that it knows no such visit."""
    link = visitor.book(minute(10), first_name="Maria")
    with clock.at(world.at(10, 5)):
        with scope(visitor.clinic.id):
            visit = Visit.objects.get().pk
        actions.complete(visitor.clinic.id, visit, world.STAFF)
        page = words(visitor.browser.post(f"{link}here/", follow=True))
    assert "See you" not in page and "Add to calendar" not in page and "Book again" in page


def test_a_wrong_link_checks_nobody_in(visitor: Visitor) -> None:
    link = visitor.book(minute(10))
    with clock.at(world.at(9, 30)):
        assert visitor.browser.post(link[:-3] + "xx/here/").status_code == 404
    with scope(visitor.clinic.id):
        assert Visit.objects.get().status == "confirmed"
