"""Who and when: opens on the first free day, says why a day is empty, keeps the choice in every link."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests import world
from visita.bookings.actions.add_session import add_session
from visita.bookings.requests import Booked
from visita.foundation import clock
from visita.scheduling import actions as scheduling
from visita.tenancy import actions as tenancy
from visita.web.front.tests.conftest import Visitor, minute, words


def test_opens_on_the_first_free_day(visitor: Visitor) -> None:
    page = visitor.get(service=visitor.clinic.visit)
    text = words(page)
    assert page.context["calendar"].strip[0].weekday == "Today"
    assert "Monday, 23 November" in text and "Morning 6 times" in text and "Afternoon 9 times" in text


def test_the_zone_is_named_by_script_only_where_the_clock_differs(visitor: Visitor) -> None:
    page = visitor.get(service=visitor.clinic.visit).content.decode()
    told = re.findall(r"<p[^>]*>Times are in Bucharest time.</p>", page)
    assert [" hidden" in one for one in told] == [True, False] and page.count("Times are in") == 2
    assert f"<noscript>{told[1]}</noscript>" in page


def test_what_the_organization_says_stands_on_the_first_page_of_a_way(visitor: Visitor) -> None:
    """The services; by a link from elsewhere who and when; never again further on (ORG-09)."""
    tenancy.change_profile(visitor.clinic.id, {"notice": {"en": "Closed on the 24th."}}, actor=world.STAFF)
    assert "Closed on the 24th." in words(visitor.get())
    link = f"/{visitor.clinic.slug}/?service={visitor.clinic.visit}"
    said = {
        site: "Closed on the 24th." in words(visitor.browser.get(link, headers={"Sec-Fetch-Site": site}))
        for site in ("none", "cross-site", "same-origin")
    }
    assert said == {"none": True, "cross-site": True, "same-origin": False}


def test_a_day_off_names_the_next_free_time(visitor: Visitor) -> None:
    text = words(visitor.get(service=visitor.clinic.visit, date="2026-11-28"))
    assert "Saturday, 28 November is closed" in text and "Next free: Mon 30 Nov, 09:00." in text


def test_a_full_day_is_told_from_a_closed_one(visitor: Visitor) -> None:
    people = [visitor.clinic.ana, visitor.clinic.mihai]
    day = (world.at(9), world.at(17))
    scheduling.block(visitor.clinic.id, people, visitor.clinic.location, *day, actor=world.STAFF)
    page = visitor.get(service=visitor.clinic.visit, date="2026-11-23")
    assert "Monday, 23 November is full" in words(page)


def test_taken_time_is_missing_for_her_but_not_for_anyone(visitor: Visitor, taken: Booked) -> None:
    query: dict[str, Any] = {"service": visitor.clinic.visit, "date": "2026-11-23"}
    first = f'.{minute(9)}"'
    assert f'value="any{first}' in visitor.get("", **query).content.decode()
    hers = visitor.get("", **query, resource=visitor.clinic.ana).content.decode()
    assert f'value="{visitor.clinic.ana}{first}' not in hers
    assert f'value="{visitor.clinic.mihai}{first}' in hers  # on his card, as his nearest time


def test_no_time_at_all_says_whom_to_call(visitor: Visitor) -> None:
    nobody = scheduling.add_resource(
        visitor.clinic.id,
        name="New",
        kind="person",
        location_ids=[visitor.clinic.location],
        actor=world.STAFF,
    )
    lonely = world.service(visitor.clinic.id, "Lonely", [nobody.pk], minutes=30)
    text = words(visitor.get(service=lonely))
    assert "no free time online" in text and "+40215550142" in text


def test_a_far_day_is_answered_too(visitor: Visitor) -> None:
    tenancy.set_setting(visitor.clinic.id, "horizon_days", 400, actor=world.STAFF)
    page = visitor.get(service=visitor.clinic.visit, date="2027-06-07")
    assert page.context["count"] > 0 and "June 2027" in words(page)


def test_beyond_the_horizon_nothing_is_offered(visitor: Visitor) -> None:
    page = visitor.get(service=visitor.clinic.visit, date="2199-06-07")
    assert page.status_code == 200 and page.context["count"] == 0


def test_parts_of_the_day_filter(visitor: Visitor) -> None:
    page = visitor.get(service=visitor.clinic.visit, part="afternoon")
    assert [part.key for part in page.context["parts"]] == ["afternoon"]


def test_whole_month_opens_on_a_phone(visitor: Visitor) -> None:
    assert b"month-open" in visitor.get(service=visitor.clinic.visit, view="month").content


def test_class_shows_places_left_and_party(visitor: Visitor) -> None:
    clinic = visitor.clinic
    add_session(clinic.id, clinic.yoga, clinic.location, world.at(10), [clinic.ana], actor=world.STAFF)
    page = visitor.get(service=clinic.yoga, seats=2)
    text = words(page)
    assert "3 places" in text and "How many places?" in text
    assert page.context["subject"].seats == 2


def test_a_day_without_a_class_is_not_full_and_one_without_places_is(visitor: Visitor) -> None:
    clinic = visitor.clinic
    for hour, places in ((24, 1), (72, 2)):
        start = world.at(10) + timedelta(hours=hour)
        add_session(
            clinic.id, clinic.yoga, clinic.location, start, [clinic.ana], actor=world.STAFF, capacity=places
        )
    first = world.at(10).date()
    page = visitor.get(service=clinic.yoga, seats=2, date=first.isoformat())
    cells = {cell.day: cell for cell in page.context["calendar"].strip}
    states = [cells[first + timedelta(days=n)].state for n in range(4)]
    assert states == ["off", "full", "off", "free"]
    assert cells[first].note == "" and not cells[first].label.endswith(", ")
    empty = page.context["empty"]
    assert "full" not in empty["title"] and "closed" not in empty["title"]
    assert empty["url"] == cells[first + timedelta(days=3)].url


def test_party_is_bounded_by_the_service(visitor: Visitor) -> None:
    assert visitor.get(service=visitor.clinic.gym, seats=99).context["subject"].seats == 3


def test_clock_and_words_follow_language_and_country(visitor: Visitor) -> None:
    assert "Luni, 23 noiembrie" in words(visitor.get(service=visitor.clinic.visit, lang="ro"))


def test_the_zone_is_the_locations(visitor: Visitor) -> None:
    page = visitor.get(service=visitor.clinic.visit)
    assert b'data-zone="Europe/Bucharest"' in page.content
    first = page.context["parts"][0].times[0]
    assert first.text == "09:00" and clock.from_minute(first.minute) - world.NOW == timedelta(hours=23)


def test_somebody_who_begins_in_two_months_has_a_nearest_time_too(visitor: Visitor) -> None:
    clinic = visitor.clinic
    begins = world.MONDAY + timedelta(days=49)
    later = [replace(pattern, valid_from=begins) for pattern in world.WEEK]
    scheduling.set_working_time(clinic.id, clinic.mihai, clinic.location, later, actor=world.STAFF)
    cards = {card.name: card for card in visitor.get(service=clinic.visit).context["cards"]}
    assert cards["Mihai Ionescu"].minute == minute(9, day=49) and cards["Ana Pop"].minute == minute(9)
    page = visitor.get(service=clinic.visit, resource=clinic.mihai)
    assert page.context["day_title"] == "Monday, 11 January"
    assert [cell.state for cell in page.context["calendar"].month if cell.key == "2027-01-12"] == ["free"]


def _night(visitor: Visitor, day: date) -> Any:
    """The page of a day on which Ana begins at one and works on past the change of the clocks."""
    clinic = visitor.clinic
    tenancy.set_setting(clinic.id, "horizon_days", 400, actor=world.STAFF)
    night = [replace(pattern, weekday=6, start=60, end=300) for pattern in world.WEEK[:1]]
    scheduling.set_working_time(clinic.id, clinic.ana, clinic.location, night, actor=world.STAFF)
    return visitor.get(service=clinic.visit, resource=clinic.ana, date=day.isoformat())


def test_the_hour_that_comes_twice_is_offered_once_and_says_which_it_is(visitor: Visitor) -> None:
    page = _night(visitor, date(2027, 10, 31))
    starts = {one.text: one.minute for part in page.context["parts"] for one in part.times}
    assert {"02:30", "03:30 EEST", "04:00"} <= starts.keys() and "03:30" not in starts
    assert "04:00 is at once 03:00. Times marked EEST come before that." in words(page)
    assert "03:30 EEST" in words(visitor.browser.get(visitor.book(starts["03:30 EEST"])))


def test_the_hour_that_the_clocks_jump_over_is_not_offered_and_told(visitor: Visitor) -> None:
    page = _night(visitor, date(2027, 3, 28))
    texts = [one.text for part in page.context["parts"] for one in part.times]
    assert {"02:30", "04:00"} <= set(texts) and not any(each.startswith("03") for each in texts)
    assert "03:00 is at once 04:00." in words(page)


def test_a_day_of_the_change_that_opens_in_the_morning_says_nothing_of_it(visitor: Visitor) -> None:
    clinic = visitor.clinic
    _night(visitor, date(2027, 3, 28))
    sunday = [replace(pattern, weekday=6) for pattern in world.WEEK[:1]]
    scheduling.set_working_time(clinic.id, clinic.ana, clinic.location, sunday, actor=world.STAFF)
    page = visitor.get(service=clinic.visit, resource=clinic.ana, date="2027-03-28")
    assert page.context["count"] > 0 and page.context["clocks"] == ""
