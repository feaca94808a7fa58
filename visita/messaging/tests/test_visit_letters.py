"""What a client is written of their visit: each event by the ways that are wished, once, to the contact they typed, true."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.world import CLIENT, NOW, STAFF, Clinic, at, clinic, day_after, person, request
from visita.activity import worker
from visita.activity.models import Activity, Errand
from visita.bookings import actions as bookings
from visita.bookings import queries, verbs
from visita.bookings.models import Visit
from visita.bookings.repeating import Repeat
from visita.bookings.requests import Booked, Item, MoveRequest
from visita.bookings.series_requests import Chosen, SeriesRequest
from visita.clients.actions import merge
from visita.clients.models import Client
from visita.foundation import clock
from visita.foundation.actor import Actor
from visita.foundation.scope import scope
from visita.messaging import limits, outgoing
from visita.messaging.actions import tell, tell_series
from visita.messaging.actions.begin_again import About
from visita.messaging.models import Delivery
from visita.messaging.tests.conftest import Outbox
from visita.tenancy.actions import set_setting

pytestmark = pytest.mark.django_db

MARIA = person(email="maria@example.test")
IMPORT = Actor("import", None, "old", source="import")


@pytest.fixture
def home(outbox: Outbox, now: None) -> Clinic:
    """A clinic."""
    return clinic()


def book(home: Clinic, actor: Actor = CLIENT, hour: int = 9, **more: Any) -> int:
    """Maria's visit, by the booking page if nothing else is said."""
    wanted = request(home, at(hour), None, home.ana, **{"client": MARIA, "staff": actor is STAFF, **more})
    booked = bookings.book(home.id, wanted, actor)
    assert isinstance(booked, Booked)
    return booked.visit_id


def move(home: Clinic, visit: int, hour: int, actor: Actor = CLIENT) -> None:
    bookings.move(home.id, visit, MoveRequest(at(hour), home.ana, staff=actor is STAFF), actor)


def put(home: Clinic, **values: Any) -> None:
    for key, value in values.items():
        set_setting(home.id, key, value, actor=STAFF)


def work(seconds: float = 60) -> None:
    with clock.at(NOW + timedelta(seconds=seconds)):
        worker.drain()


def told(outbox: Outbox) -> list[tuple[str, str, str]]:
    return [(each.purpose, each.channel, each.to) for each in outbox.sent]


def test_a_booking_is_confirmed_at_once_and_once(home: Clinic, outbox: Outbox) -> None:
    visit = book(home)
    work(0)
    work(0)
    (message,) = outbox.sent
    assert (message.purpose, message.channel, message.to) == ("visit_booked", "email", "maria@example.test")
    assert message.subject == "Booked: Consultation, Mon 23 Nov, 09:00"
    for part in ("Ana Pop", "Strada Paris", "300", "Questions"):
        assert part in message.body and part in message.html
    with scope(home.id):
        code = Visit.objects.get(pk=visit).code
        assert f"/v/{code}/{queries.letter_token(code)}/" in message.body
        assert queries.visit_by_token(code, queries.letter_token(code)).visit.pk == visit
        row = Delivery.objects.values("visit_id", "recipient", "state").get()
    assert row == {"visit_id": visit, "recipient": "m•••@example.test", "state": "sent"}


@pytest.mark.parametrize("event", ["booked", "requested", "confirmed", "moved", "cancelled", "called_off"])
@pytest.mark.parametrize("on", [True, False], ids=["wished", "not wished"])
def test_each_event_is_told_where_it_is_wished(home: Clinic, outbox: Outbox, event: str, on: bool) -> None:
    put(home, approval=event in ("requested", "confirmed"), **{f"letter_{event}_email": on})
    visit = book(home)
    work(0)
    outbox.sent = [each for each in outbox.sent if each.purpose == f"visit_{event}"]
    if event == "confirmed":
        bookings.confirm(home.id, visit, STAFF)
    if event == "moved":
        move(home, visit, 14)
    if event in ("cancelled", "called_off"):
        bookings.cancel(home.id, visit, CLIENT if event == "cancelled" else STAFF)
    work()
    assert told(outbox) == [(f"visit_{event}", "email", "maria@example.test")] * on


def test_a_booking_nobody_is_told_of_costs_the_worker_nothing(home: Clinic, outbox: Outbox) -> None:
    book(home, client=person())
    put(home, letter_booked_email=False, letter_requested_email=False)
    book(home, hour=10)
    with scope(home.id):
        assert not Activity.objects.filter(verb=verbs.BOOKED, dispatched_at=None).exists()
    work()
    assert outbox.sent == []


@pytest.mark.parametrize(
    ("wishes", "ways"),
    [
        ({"letter_booked_sms": True}, ["email", "sms"]),
        ({"letter_booked_sms": True, "letter_booked_email": False}, ["sms"]),
        ({"letters_sms_instead": True}, ["email"]),
    ],
    ids=["both", "sms alone", "sms where there is no email"],
)
def test_the_ways_are_the_organization_s(
    home: Clinic, outbox: Outbox, wishes: dict[str, bool], ways: list[str]
) -> None:
    put(home, **wishes)
    book(home)
    work()
    assert sorted(each.channel for each in outbox.sent) == ways


def test_who_gave_no_email_gets_an_sms_where_that_is_set(home: Clinic, outbox: Outbox) -> None:
    put(home, letters_sms_instead=True)
    book(home, client=person())
    work()
    assert told(outbox) == [("visit_booked", "sms", "+40721555014")]


def test_only_the_contact_typed_in_this_booking_is_written_to(home: Clinic, outbox: Outbox) -> None:
    """CB-06: the record matched by name and phone has an email, which is neither used nor shown."""
    book(home)
    work()
    outbox.sent.clear()
    book(home, hour=10, client=person())
    second = book(home, hour=11, client=person(email="other@example.test"))
    work()
    move(home, second, 14)
    work(120)
    assert {each.to for each in outbox.sent} == {"other@example.test"} and len(outbox.sent) == 2
    with scope(home.id):
        assert Client.objects.count() == 1


def test_an_address_that_staff_put_right_is_right_for_the_next_letter(home: Clinic, outbox: Outbox) -> None:
    visit = book(home)
    with scope(home.id):
        client = Client.objects.get()
        client.email = "right@example.test"
        client.save(update_fields=["email"])
    move(home, visit, 14)
    work()
    assert {each.to for each in outbox.sent} == {"right@example.test"}


def test_moved_before_the_letter_left_is_one_letter_with_the_last_time(home: Clinic, outbox: Outbox) -> None:
    visit = book(home)
    move(home, visit, 14)
    work()
    (message,) = outbox.sent
    assert message.purpose == "visit_booked" and "14:00" in message.body and "9:00" not in message.body
    move(home, visit, 15)
    work(120)
    assert [each.purpose for each in outbox.sent] == ["visit_booked", "visit_moved"]


def test_cancelled_before_the_letter_left_is_none(home: Clinic, outbox: Outbox) -> None:
    visit = book(home)
    bookings.cancel(home.id, visit, CLIENT)
    work()
    assert outbox.sent == []


def test_a_cancellation_is_told_though_bookings_are_not(home: Clinic, outbox: Outbox) -> None:
    put(home, letter_booked_email=False)
    visit = book(home)
    bookings.cancel(home.id, visit, CLIENT)
    work()
    assert [each.purpose for each in outbox.sent] == ["visit_cancelled"]


def test_what_staff_move_at_the_desk_is_told_where_they_wish_it_and_once(
    home: Clinic, outbox: Outbox
) -> None:
    visit = book(home)
    work()
    move(home, visit, 14, STAFF)
    work(120)
    assert len(outbox.sent) == 1
    tell(home.id, visit, "moved", STAFF)
    work(180)
    assert [each.purpose for each in outbox.sent] == ["visit_booked", "visit_moved"]


def test_a_cancellation_that_staff_wished_told_is_told_once(home: Clinic, outbox: Outbox) -> None:
    visit = book(home)
    work()
    bookings.cancel(home.id, visit, STAFF)
    tell(home.id, visit, "cancelled", STAFF)
    work()
    assert [each.purpose for each in outbox.sent] == ["visit_booked", "visit_cancelled"]


def test_brought_back_is_told_to_who_heard_of_the_cancellation(home: Clinic, outbox: Outbox) -> None:
    heard, not_heard = book(home), book(home, hour=11)
    work()
    bookings.cancel(home.id, heard, STAFF)
    work()
    bookings.cancel(home.id, not_heard, STAFF)
    for visit in (heard, not_heard):
        bookings.restore(home.id, visit, STAFF)
    work(120)
    assert [each.purpose for each in outbox.sent[2:]] == ["visit_called_off", "visit_restored"]


def test_staff_s_booking_is_told_to_the_record_after_the_time_for_an_undo(
    home: Clinic, outbox: Outbox
) -> None:
    book(home, STAFF)
    work(19)
    assert outbox.sent == []
    work(21)
    assert told(outbox) == [("visit_booked", "email", "maria@example.test")]


def test_no_letter_for_imports_examples_walk_ins_and_what_is_over(home: Clinic, outbox: Outbox) -> None:
    book(home, IMPORT, staff=True)
    book(home, STAFF, hour=10, silent=True)
    visit = book(home, hour=11)
    with scope(home.id):
        Visit.objects.filter(pk=visit).update(s=clock.minute() - 60, e=clock.minute() - 30)
    work()
    assert outbox.sent == []


def test_an_event_that_arrives_twice_is_told_once(home: Clinic, outbox: Outbox) -> None:
    book(home)
    work()
    with scope(home.id):
        Errand.objects.update(done_at=None, due_at=NOW)
    work()
    assert len(outbox.sent) == 1


def test_two_workers_with_two_letters_of_one_visit_send_one(home: Clinic, outbox: Outbox) -> None:
    visit = book(home)
    work()
    message = replace(outbox.sent[0], key="later")
    with scope(home.id):
        act = Delivery.objects.values_list("told", flat=True).get() or 0
    outgoing.deliver(home.id, message, "m", about=About(visit, act - 1, act))
    assert len(outbox.sent) == 1
    outgoing.deliver(home.id, message, "m", about=About(visit, act + 1, act + 1))
    assert len(outbox.sent) == 2


@pytest.mark.parametrize("act", ["moved", "cancelled"])
def test_a_letter_composed_before_an_act_that_it_does_not_know_is_composed_anew(
    home: Clinic, outbox: Outbox, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    """Else a wrong time leaves, or a booking whose cancellation another worker has found unheard of."""
    visit = book(home)

    deliver = outgoing.deliver

    def late(*args: Any, **more: Any) -> None:
        monkeypatch.setattr(outgoing, "deliver", deliver)
        move(home, visit, 14) if act == "moved" else bookings.cancel(home.id, visit, CLIENT)
        deliver(*args, **more)

    monkeypatch.setattr(outgoing, "deliver", late)
    work()
    work()
    assert ["14:00" in each.body for each in outbox.sent] == [True] * (act == "moved")


def test_a_record_merged_away_is_written_to_where_its_client_booked(home: Clinic, outbox: Outbox) -> None:
    kept, visit = (
        book(home),
        book(home, hour=10, client=person("Mia", phone="+40721555099", email="mia@example.test")),
    )
    work()
    outbox.sent.clear()
    with scope(home.id):
        survivor, other = (Visit.objects.get(pk=one).client_id for one in (kept, visit))
    merge(home.id, survivor, other, actor=STAFF)
    bookings.cancel(home.id, visit, STAFF)
    work(120)
    assert told(outbox) == [("visit_called_off", "email", "mia@example.test")]


def test_beyond_the_limits_the_log_says_why_nothing_left(
    home: Clinic, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "_LETTERS_PER_CONTACT", 1)
    put(home, letter_booked_sms=True, sms_a_day=0)
    book(home)
    book(home, hour=10)
    work()
    assert [each.channel for each in outbox.sent] == ["email"]
    with scope(home.id):
        rows = Delivery.objects.exclude(state="sent").values_list("channel", "reason")
        assert set(rows) == {("email", limits.FLOODED), ("sms", limits.BUDGET), ("sms", limits.CROWDED)}


def test_it_speaks_the_language_of_the_booking(home: Clinic, outbox: Outbox) -> None:
    book(home, client=person(email="maria@example.test", language="en"))
    book(home, hour=10, client=person(email="maria@example.test", language="ro"))
    work()
    english, romanian = sorted(outbox.sent, key=lambda each: each.language)
    assert (english.language, romanian.language) == ("en", "ro")
    assert "lun. 23 nov." in romanian.subject and "?lang=ro" in romanian.body


def test_a_client_s_series_goes_where_its_first_visit_was_booked_from(home: Clinic, outbox: Outbox) -> None:
    """The further visits have no form of their own; the record they were matched to knows another address."""
    book(home)
    first = book(home, hour=10, client=person(email="other@example.test"))
    work()
    outbox.sent.clear()
    with scope(home.id):
        client = Visit.objects.get(pk=first).client_id
    put(home, repeat_most=4)
    again = replace(request(home, at(10), None, home.ana), client=None, client_id=client)
    chosen = (Chosen(2, (Item(home.visit, home.ana, at(10, day=day_after(7))),)),)
    asked = SeriesRequest(again, Repeat("week", count=2), chosen, first=first)
    made = bookings.book_series(home.id, asked, CLIENT)
    bookings.cancel(home.id, made.booked[0].visit_id, CLIENT)
    work(120)
    assert {each.to for each in outbox.sent} == {"other@example.test"}


def test_what_staff_moved_is_told_by_email_with_the_entry_for_the_calendar(
    home: Clinic, outbox: Outbox
) -> None:
    visit = book(home, STAFF)
    work()
    outbox.sent.clear()
    move(home, visit, 14, STAFF)
    tell(home.id, visit, "moved", STAFF)
    work(120)
    (letter,) = outbox.sent
    assert (letter.purpose, letter.to) == ("visit_moved", "maria@example.test")
    assert "DTSTART;TZID=Europe/Bucharest:20261123T140000" in letter.calendar and "/v/" in letter.body
    put(home, letter_moved_email=False)  # then by phone, as it was
    move(home, visit, 15, STAFF)
    tell(home.id, visit, "moved", STAFF)
    work(240)
    assert [(each.channel, bool(each.calendar)) for each in outbox.sent[1:]] == [("sms", False)]


def test_a_series_that_staff_moved_is_one_letter_without_what_was_put_back(
    home: Clinic, outbox: Outbox
) -> None:
    first = book(home, STAFF)
    with scope(home.id):
        client = Visit.objects.get(pk=first).client_id
    again = replace(request(home, at(9), None, home.ana, staff=True), client=None, client_id=client)
    chosen = tuple(
        Chosen(turn, (Item(home.visit, home.ana, at(9, day=day_after(7 * turn - 7))),)) for turn in (2, 3)
    )
    made = bookings.book_series(
        home.id, SeriesRequest(again, Repeat("week", count=3), chosen, first=first), STAFF
    )
    visits = [first, *(each.visit_id for each in made.booked)]
    work()
    outbox.sent.clear()
    for week, one in enumerate(visits):
        to = MoveRequest(at(14, day=day_after(7 * week)), home.ana, staff=True)
        bookings.move(home.id, one, to, STAFF)
    tell_series(home.id, made.series_id, visits, STAFF)
    bookings.move(home.id, visits[1], MoveRequest(at(9, day=day_after(7)), home.ana, staff=True), STAFF)
    work(200)
    (letter,) = outbox.sent
    assert letter.calendar.count("BEGIN:VEVENT") == 2 and "These visits have new times." in letter.body
    with scope(home.id):
        versions = dict(Visit.objects.filter(pk__in=visits).values_list("pk", "version"))
    bookings.cancel_series(home.id, made.series_id, versions, STAFF)
    work(400)
    assert [each.purpose for each in outbox.sent[1:]] == ["visit_called_off"]
