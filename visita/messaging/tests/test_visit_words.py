"""What stands in a letter about a visit, and what goes with it for the calendar."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation
from icalendar import Calendar

from tests.world import CLIENT, STAFF, WEEK, Clinic, at, clinic, person, request
from visita.bookings import actions as bookings
from visita.bookings.ports import Port
from visita.bookings.repeating import Repeat
from visita.bookings.requests import Booked, BookRequest, Item
from visita.bookings.series_requests import Chosen, SeriesRequest
from visita.catalog.models import Service
from visita.foundation import clock, gsm
from visita.foundation.scope import scope
from visita.messaging import visit_facts
from visita.messaging.message import Message
from visita.messaging.tests.conftest import Outbox
from visita.messaging.tests.test_visit_letters import MARIA, book, home, move, put, work  # noqa: F401 - a fixture
from visita.scheduling import actions as scheduling
from visita.tenancy.models import Location, Organization, Profile

pytestmark = pytest.mark.django_db


def written(home: Clinic, outbox: Outbox, **more: Any) -> Message:  # noqa: F811 - the fixture's name
    """The letter of a booking."""
    book(home, **more)
    work()
    return outbox.sent[-1]


def entry(message: Message) -> Any:
    """The calendar's method and its one entry."""
    found = Calendar.from_ical(message.calendar)
    (event,) = found.walk("VEVENT")
    return found["METHOD"], event


def test_the_calendar_follows_a_move_and_a_cancellation(home: Clinic, outbox: Outbox) -> None:  # noqa: F811
    with scope(home.id):
        Profile.objects.update(email="hello@meridian.test")
    visit = book(home)
    work()
    move(home, visit, 14)
    work()
    bookings.cancel(home.id, visit, CLIENT)
    work()
    found = [entry(each) for each in outbox.sent]
    assert [method for method, _event in found] == ["REQUEST", "REQUEST", "CANCEL"]
    assert len({str(event["UID"]) for _method, event in found}) == 1
    sequences = [int(event["SEQUENCE"]) for _method, event in found]
    assert sequences == sorted(set(sequences)) and len(sequences) == 3
    assert [event.decoded("DTSTART").hour for _method, event in found] == [9, 14, 14]
    assert found[0][1]["ORGANIZER"] == "mailto:hello@meridian.test"
    assert found[0][1]["ATTENDEE"] == "mailto:maria@example.test"
    assert found[2][1]["STATUS"] == "CANCELLED"


def test_who_has_no_address_publishes_the_entry(home: Clinic, outbox: Outbox) -> None:  # noqa: F811
    method, event = entry(written(home, outbox))
    assert method == "PUBLISH" and "ORGANIZER" not in event


def test_the_person_is_told_where_the_summary_tells_them(home: Clinic, outbox: Outbox) -> None:  # noqa: F811
    put(home, show_person=False)
    message = written(home, outbox)
    assert "Ana Pop" not in message.body + message.html + message.calendar


def test_it_says_how_to_prepare_and_where_the_video_room_is(
    home: Clinic,  # noqa: F811
    outbox: Outbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rooms: Any = Port()
    rooms.register("test", lambda _view: "room/")
    monkeypatch.setattr(visit_facts, "rooms", rooms)
    with scope(home.id):
        Service.objects.filter(pk=home.visit).update(preparation={"en": "Come <b>sober</b>\nBring a towel"})
    message = written(home, outbox)
    assert "Come <b>sober</b>\nBring a towel" in message.body and "/room/" in message.body
    assert "<li>Come &lt;b&gt;sober&lt;/b&gt;</li>" in message.html and "/room/" in message.html


def test_it_knows_nothing_that_only_the_record_knows(home: Clinic, outbox: Outbox) -> None:  # noqa: F811
    book(home, client=person("Maria", "Ilie", email="first@example.test"))
    work()
    message = written(home, outbox, hour=10, client=person("MARIA", "ILIE", email="second@example.test"))
    assert message.to == "second@example.test"
    assert "Maria" not in message.body + message.html + message.calendar
    assert "first@" not in message.body + message.html + message.calendar


def test_several_services_are_one_letter_with_their_times(home: Clinic, outbox: Outbox) -> None:  # noqa: F811
    items = (Item(home.visit, home.ana, at(9)), Item(home.scan, home.mihai, at(9, 40)))
    bookings.book(home.id, BookRequest(items, client=MARIA, staff=True), CLIENT)
    work()
    (message,) = outbox.sent
    assert "09:00 · Consultation · Ana Pop" in message.body
    assert "09:40 · Scan · Mihai Ionescu" in message.body


def test_a_series_is_one_letter_with_all_its_dates(home: Clinic, outbox: Outbox) -> None:  # noqa: F811
    visit = request(home, at(9), None, home.ana, client=MARIA, staff=True)
    days = [date(2026, 11, 23) + timedelta(weeks=week) for week in range(3)]
    chosen = tuple(
        Chosen(number, (Item(home.visit, home.ana, at(9, day=day)),)) for number, day in enumerate(days, 1)
    )
    made = bookings.book_series(home.id, SeriesRequest(visit, Repeat("week", count=3), chosen), STAFF)
    work()
    (message,) = outbox.sent
    assert message.subject.endswith("3 dates")
    assert all(day in message.body for day in ("23 November", "30 November", "7 December"))
    assert len(Calendar.from_ical(message.calendar).walk("VEVENT")) == 3
    bookings.cancel_series(home.id, made.series_id, {each.visit_id: 1 for each in made.booked}, STAFF)
    work()
    assert len(outbox.sent) == 2 and outbox.sent[1].subject.startswith("Cancelled")


def test_in_the_hour_that_comes_twice_and_in_another_zone_the_time_is_plain(outbox: Outbox) -> None:
    with clock.at(datetime(2026, 10, 20, 8, tzinfo=UTC)):
        home = clinic()
        sunday = [type(WEEK[0])(6, 0, 1440, date(2026, 1, 1))]
        scheduling.set_working_time(home.id, home.ana, home.location, sunday, actor=STAFF)
        with scope(home.id):
            Organization.objects.filter(pk=home.id).update(zone="Europe/Rome")
        second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 3:30 for the second time
        item = Item(home.visit, home.ana, second)
        booked = bookings.book(home.id, BookRequest((item,), client=MARIA, staff=True), CLIENT)
        assert isinstance(booked, Booked)
        from visita.activity import worker

        worker.drain()
    (message,) = outbox.sent
    assert "03:30 EET" in message.body and "Bucharest" in message.body
    assert entry(message)[1].decoded("DTSTART") == second


@pytest.mark.parametrize("language", ["en", "ro", "ru", "it", "fi"])
@pytest.mark.parametrize("kind", ["booked", "requested", "moved", "cancelled"])
def test_an_sms_takes_few_parts(
    home: Clinic,  # noqa: F811
    outbox: Outbox,
    language: str,
    kind: str,
    settings: Any,
) -> None:
    settings.SITE_ADDRESS = "https://visita.example"
    with scope(home.id):
        Location.objects.update(address="Strada Nicolae Titulescu 7", city="București")
        Organization.objects.filter(pk=home.id).update(slug="meridian")
    put(home, approval=kind == "requested", **{f"letter_{kind}_sms": True, "letter_booked_email": False})
    with translation.override(language):
        visit = book(home, client=person(language=language))
    if kind == "moved":
        move(home, visit, 14)
    if kind == "cancelled":
        bookings.cancel(home.id, visit, CLIENT)
    work()
    (message,) = [each for each in outbox.sent if each.purpose == f"visit_{kind}"]
    cyrillic = language == "ru"
    assert gsm.parts(message.body) <= (3 if cyrillic else 2), message.body
    assert gsm.fits(message.body) or cyrillic
