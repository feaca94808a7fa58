"""The queue: numbers, honest waits, calling, going in as a visit of this minute, and order by rule and by hand."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.world import CLIENT, STAFF, Clinic, at, clinic, person, request
from visita.activity.models import Activity
from visita.bookings import actions, queue, queue_estimate, rules
from visita.bookings.models import Ticket, Visit
from visita.bookings.queue import Joined, JoinRequest
from visita.bookings.requests import Booked
from visita.clients.models import Client
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling
from visita.tenancy import actions as tenancy

TEN = at(10)


@pytest.fixture
def cast(db: None) -> Iterator[Clinic]:
    """Monday at ten; only Ana is here, and there is a queue."""
    with clock.at(TEN):
        made = clinic()
        tenancy.set_setting(made.id, "queue", True, actor=STAFF)
        scheduling.set_exception(made.id, made.mihai, made.location, TEN.date(), [], actor=STAFF)
        yield made


def join(cast: Clinic, name: str = "", service: int | None = None, **more: Any) -> Joined:
    asked = JoinRequest(service or cast.visit, name=name, **more)
    return actions.join_queue(cast.id, cast.location, asked, STAFF)


def wait(joined: Joined) -> tuple[int, int] | None:
    """Minutes from ten."""
    if joined.low is None or joined.high is None:
        return None
    return joined.low - clock.to_minute(TEN), joined.high - clock.to_minute(TEN)


def booked(cast: Clinic, start: Any, **more: Any) -> Booked:
    made = actions.book(cast.id, request(cast, start, who=cast.ana, staff=True, **more), STAFF)
    assert isinstance(made, Booked)
    return made


def refused(act: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value


def start(cast: Clinic, joined: Joined, **more: Any) -> Ticket:
    assert joined.ticket_id
    return actions.start_ticket(cast.id, joined.ticket_id, None, STAFF, **more)


def order(cast: Clinic) -> list[int]:
    with scope(cast.id):
        return [each.number for each in queue.tickets(cast.location, TEN.date(), queue.OPEN)]


def test_nobody_before_means_now_and_each_waits_for_those_before(cast: Clinic) -> None:
    # 30 minutes each by the service, up to a quarter more
    assert [wait(join(cast)) for _turn in range(3)] == [(0, 0), (30, 40), (60, 80)]


def test_booked_visits_stand_fixed(cast: Clinic) -> None:
    booked(cast, at(10, 30))
    booked(cast, at(11))
    assert wait(join(cast)) == (0, 0)
    # the half hour to 10:30 is taken, the next place is after both visits
    assert wait(join(cast)) == (90, 95)


def test_a_rest_too_short_is_not_promised(cast: Clinic) -> None:
    booked(cast, at(10, 20), client=person("Eva"))
    assert wait(join(cast)) == (50, 55)


def test_lunch_and_the_end_of_the_day_are_known(cast: Clinic) -> None:
    with clock.at(at(12, 15)):
        joined = join(cast)
        assert joined.low == clock.to_minute(at(13))
    with clock.at(at(16, 45)):
        assert wait(join(cast)) is None


def test_two_people_halve_the_wait_and_a_named_one_does_not(cast: Clinic) -> None:
    scheduling.set_exception(cast.id, cast.mihai, cast.location, TEN.date(), [[540, 1020]], actor=STAFF)
    assert [wait(join(cast)) for _turn in range(3)] == [(0, 0), (0, 0), (30, 40)]
    assert wait(join(cast, resource_id=cast.ana)) == (60, 80)


def test_who_runs_over_is_waited_for(cast: Clinic) -> None:
    made = booked(cast, at(10, 30))
    actions.arrive(cast.id, made.visit_id, STAFF)
    with clock.at(at(11, 20)):  # it should have ended at eleven
        joined = join(cast)
        assert joined.low and joined.low >= clock.to_minute(at(11, 25))


def test_real_lengths_are_learnt(cast: Clinic) -> None:
    for turn in range(5):
        with clock.at(at(9) - timedelta(days=3, minutes=-60 * turn)):
            joined = join(cast)
            start(cast, joined)
        with clock.at(at(9, 20) - timedelta(days=3, minutes=-60 * turn)):
            assert joined.ticket_id
            actions.finish_ticket(cast.id, joined.ticket_id, STAFF)
    assert [wait(join(cast)) for _turn in range(3)] == [(0, 0), (20, 25), (40, 45)]


def test_a_walk_in_becomes_a_visit_of_this_minute(cast: Clinic) -> None:
    joined = join(cast, "Ion Vlad")
    with clock.at(at(10, 7)):
        ticket = start(cast, joined)
    with scope(cast.id):
        visit = Visit.objects.get()
        assert (visit.wall, visit.status) == ("2026-11-23T10:07", "arrived")
        assert str(Client.objects.get(pk=visit.client_id)) == "Ion Vlad"
        assert (ticket.visit_id, ticket.state) == (visit.pk, "served")


def test_people_without_a_name_share_one_client(cast: Clinic) -> None:
    for minute in (0, 30):
        with clock.at(at(10, minute)):
            start(cast, join(cast))
    with scope(cast.id):
        assert Visit.objects.count() == 2 and Client.objects.count() == 1


def test_the_end_frees_what_is_left(cast: Clinic) -> None:
    joined, second = join(cast), join(cast)
    start(cast, joined)
    with clock.at(at(10, 12)):
        assert refused(lambda: start(cast, second)).code == "slot_taken"
        assert joined.ticket_id
        actions.finish_ticket(cast.id, joined.ticket_id, STAFF)
        start(cast, second)
    with scope(cast.id):
        assert [visit.wall[11:] for visit in Visit.objects.order_by("s")] == ["10:00", "10:12"]


def test_the_last_place_refuses_with_the_nearest_times(cast: Clinic) -> None:
    joined = join(cast)
    booked(cast, at(10))
    refusal = refused(lambda: start(cast, joined))
    assert refusal.code == "slot_taken" and refusal.extra["alternatives"][0]["start"].startswith(
        "2026-11-23T10:30"
    )
    assert start(cast, joined, force=True).state == "served"


def test_two_services_of_one_number_only_once(cast: Clinic) -> None:
    joined = join(cast)
    start(cast, joined)
    assert refused(lambda: start(cast, joined)).code == "queue_moved_on"


def test_calling_goes_in_order_and_passes_over_who_does_not_fit(cast: Clinic) -> None:
    first, second = join(cast, service=cast.scan), join(cast)
    booked(cast, at(10, 35), client=person("Eva"))  # the scan takes 40 minutes, the visit 30
    called = actions.call_next(cast.id, cast.location, cast.ana, STAFF)
    assert called.number == second.number and called.to_id == cast.ana
    assert refused(lambda: actions.call_next(cast.id, cast.location, cast.ana, STAFF)).code == "nobody_waits"
    assert order(cast) == [first.number, second.number]


def test_no_answer_back_and_gone(cast: Clinic) -> None:
    joined = join(cast)
    assert joined.ticket_id
    assert refused(lambda: actions.no_answer(cast.id, joined.ticket_id or 0, STAFF)).code == "queue_moved_on"
    actions.call_ticket(cast.id, joined.ticket_id, cast.ana, STAFF)
    assert actions.no_answer(cast.id, joined.ticket_id, STAFF).state == "no_answer"
    assert actions.wait_again(cast.id, joined.ticket_id, STAFF).state == "waiting"
    assert actions.leave_queue(cast.id, joined.ticket_id, STAFF).state == "left"
    assert order(cast) == []
    with scope(cast.id):
        verbs = Activity.objects.filter(object_kind="ticket").order_by("id").values_list("verb", flat=True)
        assert list(verbs) == ["queue.joined", "queue.called", "queue.no_answer", "queue.waits", "queue.left"]


def test_booked_clients_come_by_their_time(cast: Clinic) -> None:
    made = booked(cast, at(10, 30))
    tickets = [join(cast).number, actions.check_in(cast.id, made.visit_id, STAFF).number]
    with clock.at(at(10, 20)):
        tickets.append(join(cast).number)
    with clock.at(at(10, 40)):
        tickets.append(join(cast).number)
    assert order(cast) == [
        tickets[0],
        tickets[2],
        tickets[1],
        tickets[3],
    ]  # 10:00, 10:20, booked 10:30, 10:40


def test_the_order_changes_by_hand_for_a_reason(cast: Clinic) -> None:
    tickets = [join(cast) for _turn in range(3)]
    ids = [each.ticket_id or 0 for each in tickets]
    assert refused(lambda: actions.put_before(cast.id, ids[2], ids[0], STAFF, reason="")).code == "required"
    actions.put_before(cast.id, ids[2], ids[0], STAFF, reason="in pain")
    assert order(cast) == [3, 1, 2]
    actions.put_before(cast.id, ids[2], ids[1], STAFF, reason="can wait")
    assert order(cast) == [1, 3, 2]
    actions.put_before(cast.id, ids[0], None, STAFF, reason="parks the car")
    assert order(cast) == [3, 2, 1]


def test_clients_check_in_on_the_day_near_their_time_and_get_one_number(cast: Clinic) -> None:
    made = booked(cast, at(11, 30))
    assert refused(lambda: actions.check_in(cast.id, made.visit_id, CLIENT)).code == "not_found_here"
    with clock.at(at(10, 30)):
        first = actions.check_in(cast.id, made.visit_id, CLIENT)
        again = actions.check_in(cast.id, made.visit_id, CLIENT)
    assert first.number == again.number == 1 and first.low == clock.to_minute(at(11, 30))
    with scope(cast.id):
        assert Visit.objects.get().status == "arrived"
    tomorrow = booked(cast, at(10, 30) + timedelta(days=1))
    assert refused(lambda: actions.check_in(cast.id, tomorrow.visit_id, CLIENT)).code == "not_found_here"


def test_a_cancelled_visit_cannot_check_in(cast: Clinic) -> None:
    made = booked(cast, at(10, 30))
    actions.cancel(cast.id, made.visit_id, STAFF)
    assert refused(lambda: actions.check_in(cast.id, made.visit_id, CLIENT)).code == "not_found_here"


def test_where_there_is_no_queue_nobody_joins_but_checks_in(cast: Clinic) -> None:
    tenancy.set_setting(cast.id, "queue", False, actor=STAFF)
    assert refused(lambda: join(cast)).code == "no_queue"
    made = booked(cast, at(10, 30))
    assert actions.check_in(cast.id, made.visit_id, CLIENT).number is None


@pytest.mark.parametrize(("what", "code"), [("yoga", "not_offered"), ("nobody", "not_found")])
def test_what_the_queue_cannot_give(cast: Clinic, what: str, code: str) -> None:
    service = cast.yoga if what == "yoga" else 999_999
    assert refused(lambda: join(cast, service=service)).code == code


def test_numbers_begin_anew_each_day(cast: Clinic) -> None:
    assert [join(cast).number, join(cast).number] == [1, 2]
    with clock.at(TEN + timedelta(days=1)):
        assert join(cast).number == 1


def test_a_long_queue_is_told_quickly(cast: Clinic) -> None:
    for _turn in range(12):
        join(cast)
    with scope(cast.id):
        waiting = queue.tickets(cast.location, TEN.date())
        found = queue_estimate.of_tickets(cast.location, waiting)
        lows = [each.low for each in found if each]
        assert lows == sorted(lows) and rules.load(cast.location, ()).setting("queue")


def test_a_device_opens_until_it_is_revoked(cast: Clinic) -> None:
    made = actions.add_device(cast.id, cast.location, "screen", "Hall", actor=STAFF)
    assert made.token not in made.device.token_hash
    actions.revoke_device(cast.id, made.device.pk, actor=STAFF)
    assert refused(lambda: actions.revoke_device(cast.id, made.device.pk, actor=STAFF)).code == "not_found"


def test_who_is_done_early_is_done_where_rules_decide_who_may_book(cast: Clinic) -> None:
    """The rest of the time is freed without asking the rules again."""
    tenancy.set_setting(cast.id, "eligibility", {"clients": "new"}, actor=STAFF)
    joined = join(cast, "Ion Pop")
    start(cast, joined)
    with clock.at(TEN + timedelta(minutes=10)):
        visit = actions.finish_ticket(cast.id, joined.ticket_id or 0, STAFF)
    with scope(cast.id):
        now = Visit.objects.get(pk=visit.pk)
    assert (now.status, now.e - now.s) == ("completed", 10)
