"""Who waits is offered what comes free: in order, once, only what the engine offers, and every skip says why."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.world import CLIENT, MONDAY, NOW, STAFF, Clinic, at, clinic, day_after, person, request
from visita.activity import worker
from visita.bookings import actions
from visita.bookings.models import Offer, Skip, Visit, Waiting
from visita.bookings.requests import Booked, HoldRequest, Item, Moved, MoveRequest
from visita.bookings.waitlist import consumers, filling, links, queries
from visita.bookings.waitlist.windows import Window
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling
from visita.tenancy.actions import set_setting

pytestmark = pytest.mark.django_db
SOON = timedelta(seconds=10)


@pytest.fixture
def home() -> Iterator[Clinic]:
    """On Monday Ana works from nine to half past only, and that is booked."""
    with clock.at(NOW):
        made = clinic()
        scheduling.set_exception(made.id, made.ana, made.location, MONDAY, [(540, 570)], actor=STAFF)
        worker.drain()
        yield made


@pytest.fixture
def taken(home: Clinic) -> int:
    """The visit that fills Ana's Monday."""
    return book(home, 9)


def book(home: Clinic, hour: int, minute: int = 0, who: int | None = None, day: Any = MONDAY) -> int:
    booked = actions.book(home.id, request(home, at(hour, minute, day), who=who or home.ana), STAFF)
    assert isinstance(booked, Booked)
    return booked.visit_id


def join(home: Clinic, name: str, window: Window | None = None, who: int | None = -1, **more: Any) -> Waiting:
    details = person(name, "Waits", phone="", email=f"{name.lower()}@example.test")
    items = ((more.pop("service", home.visit), home.ana if who == -1 else who),)
    wish = actions.WaitRequest(items, window or Window(MONDAY, MONDAY), client=details, **more)
    return actions.join(home.id, wish, CLIENT)


def later(after: timedelta = SOON) -> None:
    with clock.at(NOW + after):
        worker.drain()


def open_offers(home: Clinic) -> list[tuple[str, int]]:
    """Who has an offer, and of which minute after Monday's nine o'clock."""
    nine = clock.to_minute(at(9))
    with scope(home.id):
        rows = list(Offer.objects.filter(status="open").order_by("id").values_list("waiting_id", "s"))
        codes = dict(Waiting.objects.values_list("id", "code"))
    return [(codes[waiting], s - nine) for waiting, s in rows]


def reasons(home: Clinic, waiting: Waiting) -> list[str]:
    with scope(home.id):
        return list(
            Skip.objects.filter(waiting_id=waiting.pk).order_by("id").values_list("reason", flat=True)
        )


def status(home: Clinic, waiting: Waiting) -> str:
    with scope(home.id):
        return Waiting.objects.get(pk=waiting.pk).status


def accept(home: Clinic, waiting: Waiting) -> Booked | Moved:
    return actions.accept(home.id, waiting.pk, actions.Answers(), CLIENT)


def test_a_cancelled_time_goes_to_the_first_who_waits_and_the_next_learns_why_not(
    home: Clinic, taken: int
) -> None:
    first, second = join(home, "Ion"), join(home, "Vera")
    later()
    assert open_offers(home) == []
    actions.cancel(home.id, taken, STAFF)
    later(timedelta(seconds=30))
    assert open_offers(home) == [(first.code, 0)]
    assert reasons(home, second)[-1] == "in_turn"
    with clock.at(NOW + timedelta(minutes=1)):
        booked = accept(home, first)
    assert isinstance(booked, Booked) and booked.start == at(9)
    assert (status(home, first), status(home, second)) == ("booked", "waiting")
    with scope(home.id):
        assert Visit.objects.get(pk=booked.visit_id).client_id == first.client_id


def test_a_cancellation_taken_back_in_time_is_told_to_nobody(home: Clinic, taken: int) -> None:
    join(home, "Ion")
    actions.cancel(home.id, taken, STAFF)
    actions.restore(home.id, taken, STAFF)
    later(timedelta(minutes=1))
    assert open_offers(home) == []


def test_who_does_not_answer_lets_the_next_one_have_it(home: Clinic, taken: int) -> None:
    first, second = join(home, "Ion"), join(home, "Vera")
    actions.cancel(home.id, taken, STAFF)
    later()
    assert open_offers(home) == [(first.code, 0)]
    later(timedelta(minutes=31))
    later(timedelta(minutes=32))
    assert open_offers(home) == [(second.code, 0)]
    with clock.at(NOW + timedelta(minutes=33)), pytest.raises(Refusal) as refused:
        accept(home, first)
    assert refused.value.code == "offer_over"
    assert reasons(home, first)[-1] == "answered"


def test_a_kept_time_is_nobody_elses(home: Clinic, taken: int) -> None:
    join(home, "Ion")
    actions.cancel(home.id, taken, STAFF)
    later()
    with clock.at(NOW + SOON), pytest.raises(Refusal) as refused:
        actions.book(home.id, request(home, at(9), who=home.ana), CLIENT)
    assert refused.value.code == "slot_taken"


def test_declining_frees_the_time_at_once(home: Clinic, taken: int) -> None:
    first, second = join(home, "Ion"), join(home, "Vera")
    actions.cancel(home.id, taken, STAFF)
    later()
    actions.end_offer(home.id, first.pk, "declined", CLIENT)
    later(timedelta(minutes=1))
    assert open_offers(home) == [(second.code, 0)]
    actions.leave(home.id, second.pk, CLIENT)
    later(timedelta(minutes=2))
    assert (open_offers(home), status(home, second)) == ([], "left")


def test_told_all_at_once_the_first_to_accept_wins_and_the_others_wait_on(home: Clinic, taken: int) -> None:
    set_setting(home.id, "waitlist_mode", "at_once", actor=STAFF)
    first, second = join(home, "Ion"), join(home, "Vera")
    actions.cancel(home.id, taken, STAFF)
    later()
    assert {code for code, _ in open_offers(home)} == {first.code, second.code}
    with clock.at(NOW + timedelta(minutes=1)):
        assert isinstance(accept(home, second), Booked)
        with pytest.raises(Refusal) as refused:
            accept(home, first)
    assert refused.value.code == "offer_over"
    assert (open_offers(home), status(home, first)) == ([], "waiting")


def test_where_staff_pick_nobody_is_offered_anything_by_itself(home: Clinic, taken: int) -> None:
    set_setting(home.id, "waitlist_mode", "by_staff", actor=STAFF)
    first, second = join(home, "Ion"), join(home, "Vera")
    actions.cancel(home.id, taken, STAFF)
    later()
    assert open_offers(home) == []
    assert reasons(home, first)[-1] == reasons(home, second)[-1] == "by_staff"
    time = actions.Time(at(9), ((home.visit, home.ana, at(9)),), staff=True)
    actions.offer(home.id, second.pk, time, STAFF, shared=False)
    assert open_offers(home) == [(second.code, 0)]
    with pytest.raises(Refusal) as refused:
        actions.offer(home.id, first.pk, time, STAFF, shared=False)
    assert refused.value.code == "slot_taken"


@pytest.mark.parametrize(
    ("window", "who", "seen"),
    [
        (Window(MONDAY, MONDAY, (), ((840, 1020),)), -1, "window"),
        (Window(MONDAY, MONDAY, (1, 2)), -1, "window"),
        (Window(MONDAY, MONDAY), "scan", "no_time"),
    ],
)
def test_who_wants_something_else_is_skipped_with_the_reason(
    home: Clinic, taken: int, window: Window, who: Any, seen: str
) -> None:
    more = {"service": home.scan} if who == "scan" else {}
    waiting = join(home, "Ion", window, **more)
    actions.cancel(home.id, taken, STAFF)
    later()
    assert (open_offers(home), reasons(home, waiting)[-1]) == ([], seen)


def test_a_wanted_day_that_is_free_already_is_offered_at_once(home: Clinic) -> None:
    waiting = join(home, "Ion", Window(day_after(1), day_after(1), (), ((600, 660),)))
    later()
    assert open_offers(home) == [(waiting.code, 1440 + 60)]


def test_a_freed_time_goes_first_to_who_would_come_earlier_and_their_own_to_the_next(
    home: Clinic, taken: int
) -> None:
    booked = book(home, 10, day=day_after(1))
    wish = actions.wish_earlier(home.id, booked, CLIENT)
    waiting = join(home, "Vera", Window(MONDAY, day_after(1)), rank=50)
    for hour, minute in [(hour, minute) for hour in range(9, 17) for minute in (0, 30)]:
        if (hour, minute) not in ((10, 0), (12, 30)):
            book(home, hour, minute, day=day_after(1))
    actions.cancel(home.id, taken, STAFF)
    later()
    assert open_offers(home) == [(wish.code, 0)]
    with clock.at(NOW + timedelta(minutes=1)):
        moved = accept(home, wish)
    assert isinstance(moved, Moved) and (moved.visit_id, moved.start) == (booked, at(9))
    later(timedelta(minutes=2))
    assert open_offers(home) == [(waiting.code, 1440 + 60)]  # the time the moved visit gave up
    with clock.at(NOW + timedelta(minutes=3)):
        assert isinstance(accept(home, waiting), Booked)


def test_a_shortened_visit_a_new_shift_and_a_held_time_that_ran_out_are_offered(home: Clinic) -> None:
    long = book(home, 9)
    waiting = join(home, "Ion")
    actions.move(home.id, long, MoveRequest(at(9), minutes=15, staff=True), STAFF)
    later()
    assert open_offers(home) == []  # a quarter of an hour is too short
    assert reasons(home, waiting)[-1] == "no_time"
    scheduling.set_exception(home.id, home.ana, home.location, MONDAY, [(540, 630)], actor=STAFF)
    later(timedelta(minutes=1))
    assert open_offers(home) == [(waiting.code, 30)]


def test_a_hold_that_ran_out_is_offered(home: Clinic) -> None:
    actions.hold(home.id, HoldRequest((Item(home.visit, home.ana, at(9)),)), CLIENT)
    waiting = join(home, "Ion")
    later()
    assert open_offers(home) == []
    with clock.at(NOW + timedelta(minutes=6)):
        assert consumers.waited_holds(clock.now()) == [home.id]
        consumers.let_go(home.id)
        assert consumers.waited_holds(clock.now()) == []
    later(timedelta(minutes=7))
    assert open_offers(home) == [(waiting.code, 0)]


def test_a_place_in_a_class_is_offered_too(home: Clinic) -> None:
    actions.add_session(
        home.id, home.yoga, home.location, at(10, day=day_after(2)), [home.ana], actor=STAFF, capacity=1
    )
    full = actions.book(home.id, request(home, at(10, day=day_after(2)), service=home.yoga), STAFF)
    assert isinstance(full, Booked)
    waiting = join(home, "Ion", Window(MONDAY, day_after(4)), who=None, service=home.yoga)
    later()
    assert open_offers(home) == []
    actions.cancel(home.id, full.visit_id, STAFF)
    later(timedelta(minutes=1))
    assert [code for code, _ in open_offers(home)] == [waiting.code]
    with clock.at(NOW + timedelta(minutes=2)):
        assert isinstance(accept(home, waiting), Booked)


def test_nobody_is_woken(home: Clinic, taken: int) -> None:
    waiting = join(home, "Ion")
    night = NOW.replace(hour=20, minute=30)  # half past ten in Bucharest
    with clock.at(night):
        actions.cancel(home.id, taken, STAFF)
    with clock.at(night + SOON):
        worker.drain()
    assert open_offers(home) == []
    with clock.at(NOW.replace(hour=6, minute=0) + timedelta(days=1)):  # eight o'clock
        worker.drain()
    assert open_offers(home) == [(waiting.code, 0)]


def test_without_a_contact_nobody_is_offered_anything(home: Clinic, taken: int) -> None:
    wish = actions.WaitRequest(
        ((home.visit, home.ana),),
        Window(MONDAY, MONDAY),
        client=person("Anon", "Waits", phone=""),
        staff=True,
    )
    waiting = actions.join(home.id, wish, STAFF)
    actions.cancel(home.id, taken, STAFF)
    later()
    assert (open_offers(home), reasons(home, waiting)[-1]) == ([], "no_contact")


def test_the_same_wish_twice_is_one_and_a_client_waits_for_so_much_only(home: Clinic) -> None:
    set_setting(home.id, "waitlist_most", 1, actor=STAFF)
    first = join(home, "Ion")
    again = join(home, "Ion", Window(MONDAY, day_after(3)))
    assert (first.pk, again.last_day) == (again.pk, day_after(3))
    with pytest.raises(Refusal) as refused:
        join(home, "Ion", who=home.mihai)
    assert refused.value.code == "waitlist_full"


@pytest.mark.parametrize(
    ("window", "field"),
    [
        (Window(day_after(-9), day_after(-8)), "last_day"),
        (Window(MONDAY, day_after(999)), "last_day"),
        (Window(MONDAY, MONDAY, (7,)), "weekdays"),
        (Window(MONDAY, MONDAY, (), ((600, 600),)), "parts"),
    ],
)
def test_a_window_no_calendar_knows_is_refused(home: Clinic, window: Window, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        join(home, "Ion", window)
    assert (refused.value.code, refused.value.field) == ("bad_window", field)


def test_an_organization_may_keep_no_waitlist(home: Clinic) -> None:
    set_setting(home.id, "waitlist", False, actor=STAFF)
    with pytest.raises(Refusal) as refused:
        join(home, "Ion")
    assert refused.value.code == "waitlist_off"


def test_the_link_opens_its_entry_and_no_other(home: Clinic) -> None:
    first, second = join(home, "Ion"), join(home, "Vera")
    with scope(home.id):
        token = links.token(first.code)
        assert links.opened(first.code, token).pk == first.pk
        for code, given in ((second.code, token), (first.code, ""), (first.code, "é" * 26), ("NONE", token)):
            with pytest.raises(Refusal):
                links.opened(code, given)


def test_a_long_line_goes_on_in_a_next_errand(
    home: Clinic, taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from visita.bookings.waitlist import filling

    monkeypatch.setattr(filling, "MOST", 2)
    others = [join(home, f"Other{n}", Window(MONDAY, MONDAY, (), ((900, 960),))) for n in range(5)]
    last = join(home, "Last")
    later()
    actions.cancel(home.id, taken, STAFF)
    later(timedelta(minutes=1))
    assert open_offers(home) == [(last.code, 0)]
    assert {reasons(home, each)[-1] for each in others} == {"window"}


def test_the_list_shows_who_waits_in_order(home: Clinic, taken: int) -> None:
    first, second = join(home, "Ion"), join(home, "Vera")
    actions.change_waiting(home.id, second.pk, Window(MONDAY, MONDAY), STAFF, rank=5)
    with scope(home.id):
        rows = queries.listed(queries.Filter(), MONDAY)
        assert [row.pk for row in rows] == [second.pk, first.pk]
        assert queries.listed(queries.Filter(state="past"), MONDAY) == []
        assert queries.listed(queries.Filter(resource_id=home.mihai), MONDAY) == []


def test_the_morning_of_another_offset_is_the_morning_on_the_wall(home: Clinic) -> None:
    """The clocks go back at four: what waits for eight o'clock is due at eight, not at seven and then never."""
    sunday = date(2027, 10, 31)
    for hour, day in ((1, sunday), (22, sunday - timedelta(days=1))):
        with clock.at(at(hour, day=day)):
            assert filling.quiet_until(home.id, home.location) == at(8, day=sunday)


def test_who_waits_again_is_locked_before_it_is_written(home: Clinic, taken: int) -> None:
    join(home, "Ion")
    with CaptureQueriesContext(connection) as seen:
        join(home, "Ion")
    assert any("FOR NO KEY UPDATE" in one["sql"] and "bookings_waiting" in one["sql"] for one in seen)


def test_a_visit_wished_earlier_twice_at_once_waits_once(
    home: Clinic, taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("visita.bookings.actions.wait._lock", lambda _found: None)  # neither saw the other's
    first, second = (actions.wish_earlier(home.id, taken, CLIENT) for _ in range(2))
    assert first.pk == second.pk
