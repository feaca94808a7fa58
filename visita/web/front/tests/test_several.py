"""Several services in one visit: ticked in one go, offered as combinations, held and booked together."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.utils.html import escape

from tests import world
from visita.bookings.actions.add_session import add_session
from visita.bookings.actions.book import book
from visita.bookings.models import Appointment
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.scheduling.models import Allocation
from visita.tenancy import actions as tenancy
from visita.web.front import choice as choices
from visita.web.front.choice import Choice, Wanted
from visita.web.front.tests.conftest import DETAILS, Visitor, minute, words


@pytest.fixture
def wash(visitor: Visitor) -> int:
    """A short service that only Ana gives."""
    return world.service(visitor.clinic.id, "Wash", [visitor.clinic.ana], minutes=20, price_minor=5000)


def _times(page: Any) -> list[Any]:
    return [time for part in page.context["parts"] for time in part.times]


def _two(visitor: Visitor, wash: int, **more: Any) -> Any:
    return visitor.get(service=visitor.clinic.visit, also=str(wash), **more)


def _hold(visitor: Visitor, slot: str, wash: int, **more: Any) -> Any:
    chosen = {"location": visitor.clinic.location, "service": visitor.clinic.visit, "also": str(wash)}
    return visitor.post("hold/", {**chosen, "slot": slot, **more})


def test_ticks_add_and_remove_and_the_foot_shows_all(visitor: Visitor, wash: int) -> None:
    page = visitor.get(view="several")
    assert "What do you need in one visit?" in words(page)
    page = _two(visitor, wash, view="several")
    assert page.context["picked"]["names"] == "Consultation + Wash"
    assert page.context["picked"]["about"].startswith("50 min · ")
    rows = {row["name"]: row for group in page.context["groups"] for row in group["rows"]}
    assert rows["Wash"]["ticked"] and "also" not in rows["Wash"]["url"] and not rows["Yoga"]["ticked"]
    assert "Who and when" in words(visitor.browser.get(page.context["go_on"]))


def test_several_services_are_offered_only_where_the_organization_wants(visitor: Visitor, wash: int) -> None:
    assert (
        visitor.get().context["several_url"] and visitor.get(service=visitor.clinic.visit).context["add_url"]
    )
    tenancy.set_setting(visitor.clinic.id, "several_services", False, actor=world.STAFF)
    assert not visitor.get().context["several_url"]
    assert not visitor.get(service=visitor.clinic.visit).context["add_url"]


def test_times_are_combinations_best_first(visitor: Visitor, wash: int) -> None:
    page = _two(visitor, wash)
    first = _times(page)[0]
    assert first.text == "09:00–09:50" and first.second == "Ana Pop"
    page = visitor.get(service=visitor.clinic.visit, resource=visitor.clinic.mihai, also=str(wash))
    assert _times(page)[0].second == "Mihai Ionescu → Ana Pop"
    assert "Soonest: Mon 23 Nov, 09:00" in words(page)


def test_what_fits_best_stands_on_top(visitor: Visitor, wash: int) -> None:
    book(visitor.clinic.id, world.request(visitor.clinic, world.at(9), who=visitor.clinic.ana), world.CLIENT)
    page = _two(visitor, wash)
    seconds = {time.text: time.second for time in _times(page)}
    assert seconds["09:00–09:50"] == "Mihai Ionescu → Ana Pop"
    assert [time.second for time in page.context["best"]] == ["Ana Pop"] * 3


def test_all_of_it_is_held_shown_and_booked(visitor: Visitor, wash: int) -> None:
    response = _hold(visitor, _times(_two(visitor, wash))[0].value, wash)
    with scope(visitor.clinic.id):
        assert Allocation.objects.filter(kind="hold", resource_id=visitor.clinic.ana).count() == 2
    page = visitor.browser.get(response["Location"])
    assert "Consultation" in words(page) and "Wash" in words(page) and "09:00–09:50" in words(page)
    done = visitor.post("booking/", {"flow": page.context["flow"], **DETAILS})
    text = words(visitor.browser.get(done["Location"]))
    assert "Consultation" in text and "Wash" in text
    with scope(visitor.clinic.id):
        rows = list(Appointment.objects.order_by("position").values_list("service_id", "s"))
    assert rows == [(visitor.clinic.visit, minute(9)), (wash, minute(9, 30))]


def test_back_shows_the_own_combination(visitor: Visitor, wash: int) -> None:
    response = _hold(visitor, _times(_two(visitor, wash))[0].value, wash)
    flow = visitor.browser.get(response["Location"]).context["flow"]
    page = visitor.post("back/", {"flow": flow, **DETAILS})
    assert [time.text for time in _times(page) if time.chosen] == ["09:00–09:50"]
    assert f'name="also" value="{wash}"' in page.content.decode()


def test_a_lost_combination_offers_the_three_nearest(visitor: Visitor, wash: int) -> None:
    taken = _times(_two(visitor, wash))[0].value
    for who in (visitor.clinic.ana, visitor.clinic.mihai):
        book(visitor.clinic.id, world.request(visitor.clinic, world.at(9), who=who), world.CLIENT)
    page = _hold(visitor, taken, wash)
    assert page.status_code == 409 and "09:00 was just taken." in words(page)
    near = page.context["near"]
    assert len(near) == 3 and near[0]["value"] == f"{visitor.clinic.ana}.{minute(9, 30)}-" + (
        f"{visitor.clinic.ana}.{minute(10)}"
    )
    assert _hold(visitor, near[0]["value"], wash).status_code == 302


def test_two_who_come_together(visitor: Visitor) -> None:
    tenancy.set_setting(visitor.clinic.id, "subjects_most", 2, actor=world.STAFF)
    page = visitor.get(service=visitor.clinic.visit)
    page = visitor.browser.get(page.context["somebody_url"])
    assert page.context["somebody_url"] == "" and "Person 2" in words(page)
    first = _times(page)[0]
    assert first.text == "09:00–09:30" and first.second == "Ana Pop + Mihai Ionescu"
    also = f"{visitor.clinic.visit}.any.1"
    assert visitor.post(
        "hold/",
        {"location": visitor.clinic.location, "service": visitor.clinic.visit, "also": also, "slot": first.value},
    ).status_code == 302  # fmt: skip


@pytest.mark.parametrize("also", ["x", "0", "-", "999999", "1.2.3.4", "\x00", "9" * 30, "1-" * 50])
def test_broken_further_services_are_no_error(visitor: Visitor, also: str) -> None:
    assert visitor.get(service=visitor.clinic.visit, also=also).status_code in (200, 404)
    assert visitor.get(service=visitor.clinic.visit, also=also, view="several").status_code in (200, 404)


@pytest.mark.parametrize("slot", ["", "1.2", "any.1-any.2-any.3", "any.x-any.y", "-", "any.29400631-any.1"])
def test_broken_slots_show_the_page_again(visitor: Visitor, wash: int, slot: str) -> None:
    assert _hold(visitor, slot, wash).status_code in (409, 422)


def test_a_class_with_what_comes_before_or_after_it(visitor: Visitor) -> None:
    """Chosen together, offered with the least waiting on top, held in the order in which it happens, moved as a whole."""
    clinic = visitor.clinic
    for hour, day in ((10, 0), (10, 1)):
        start = world.at(hour, 15, world.day_after(day))
        add_session(clinic.id, clinic.yoga, clinic.location, start, [clinic.ana], actor=world.STAFF)
    page = visitor.get(service=clinic.visit, also=str(clinic.yoga))
    assert [(time.text, time.second) for time in _times(page)] == [
        ("09:30–11:15", "Consultation → Yoga · 15 min wait"),
        ("10:15–11:45", "Yoga → Consultation"),
    ]
    assert [time.text for time in page.context["best"]] == ["10:15–11:45"]
    chosen = {"location": clinic.location, "service": clinic.visit, "also": str(clinic.yoga)}
    response = visitor.post("hold/", {**chosen, "slot": page.context["best"][0].value})
    page = visitor.browser.get(response["Location"])
    assert "10:15–11:45" in words(page)
    done = visitor.post("booking/", {"flow": page.context["flow"], **DETAILS})
    link = str(done["Location"]).split("?")[0]
    text = words(visitor.browser.get(link))
    assert text.index("10:15–11:15 · Yoga") < text.index("11:15–11:45 · Consultation")
    times = _times(visitor.browser.get(f"{link}times/?date=2026-11-24"))
    assert [time.text for time in times] == ["09:30–11:15", "10:15–11:45"]
    asked = visitor.browser.post(f"{link}move/", {"slot": times[1].value, "sure": "1"})
    assert asked.status_code == 302
    assert "Tue 24 Nov" in words(visitor.browser.get(link))


def test_those_who_come_are_numbered_from_the_first() -> None:
    found = Choice().chosen((Wanted(1, None, 2), Wanted(2, None, 1), Wanted(1, 5, 2)))
    assert found.wanted == (Wanted(2), Wanted(1, 5, 1))


def test_an_address_repeats_its_choice() -> None:
    found = choices.read(QueryDict("service=1&resource=4&also=2-3.7-1.any.1&for=1&view=several"))
    assert found.wanted == (Wanted(1, 4), Wanted(2), Wanted(3, 7), Wanted(1, None, 1))
    assert found.query()["also"] == "2-3.7-1.any.1"


def test_today_within_the_lead_time_is_not_full(visitor: Visitor) -> None:
    """At 16:45 nothing can start before five, although somebody works until then and nothing is booked."""
    with clock.at(world.at(16, 45) - timedelta(minutes=30)):
        tenancy.set_setting(visitor.clinic.id, "lead_minutes", 20, actor=world.STAFF)
        page = visitor.get(service=visitor.clinic.visit, date="2026-11-23")
    assert "can no longer be booked online" in words(page) and "is full" not in words(page)


def test_what_was_typed_goes_through_another_service_and_comes_back(visitor: Visitor, wash: int) -> None:
    sent = {"flow": visitor.flow(minute(9)), **DETAILS, "note": "by <bike>"}
    back = visitor.post("back/", sent)
    page = visitor.browser.post(back.context["add_url"], back.context["typed"])
    assert "What do you need in one visit?" in words(page) and page.context["typed"]["note"] == "by <bike>"
    assert 'name="note" value="by &lt;bike&gt;"' in page.content.decode() and not page.context["searchable"]
    rows = {row["name"]: row["url"] for group in page.context["groups"] for row in group["rows"]}
    assert f'formaction="{escape(rows["Wash"])}"' in page.content.decode()
    ticked = visitor.browser.post(rows["Wash"], page.context["typed"])
    times = visitor.browser.post(ticked.context["go_on"], ticked.context["typed"])
    details = _hold(visitor, _times(times)[0].value, wash, **times.context["typed"])
    assert details.context["form"].initial["note"] == "by <bike>"


def test_without_anything_typed_services_are_links(visitor: Visitor, wash: int) -> None:
    page = _two(visitor, wash, view="several")
    assert b"formaction" not in page.content and b'id="hold"' not in page.content
    assert f'<a href="{escape(page.context["go_on"])}"' in page.content.decode()
