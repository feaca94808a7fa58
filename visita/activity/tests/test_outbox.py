"""Events become errands once for each consumer, errands are done once, and what fails is tried again and shown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from threading import Event as Over

import pytest
from django.db import IntegrityError, connection

from tests.tenants import Tenant, stranger, tenant
from tests.world import NOW
from visita.activity import dead as graveyard
from visita.activity import errands, outbox, worker
from visita.activity.models import Activity, Errand
from visita.activity.outbox import Consumer, Event, Wanted
from visita.activity.record import record
from visita.foundation import clock
from visita.foundation.actor import SYSTEM
from visita.foundation.scope import scope

__all__ = ["stranger", "tenant"]
HEARD = "thing.done"


@dataclass
class Ears:
    """A consumer that notes what it hears and does, and fails as often as it is told to."""

    events: list[Event] = field(default_factory=list)
    carried: list[str] = field(default_factory=list)
    failures: int = 0
    people: tuple[str, ...] = ("maria", "ion")

    def expand(self, event: Event) -> Iterable[Wanted]:
        """Everybody hears of it by sms."""
        self.events.append(event)
        return [Wanted(name, "sms") for name in self.people]

    def carry(self, errand: outbox.Errand) -> None:
        """Fails first where it is told to."""
        if self.failures:
            self.failures -= 1
            raise ValueError("not yet")
        self.carried.append(errand.recipient)


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No other consumers, and a clock that stands."""
    monkeypatch.setattr(outbox, "CONSUMERS", {})
    with clock.at(NOW):
        yield


@pytest.fixture
def ears(tenant: Tenant, alone: None) -> Ears:
    """Two people to be told."""
    made = Ears()
    outbox.register(Consumer("ears", frozenset({HEARD}), made.expand, made.carry))
    worker.drain()  # what founding the organization left
    return made


def happen(tenant: Tenant, verb: str = HEARD) -> int:
    with scope(tenant.id):
        return record(verb, "thing", 7, SYSTEM, {"a": 1})


def open_errands(tenant: Tenant) -> list[tuple[str, int]]:
    with scope(tenant.id):
        return list(Errand.objects.filter(done_at=None).values_list("recipient", "attempts"))


def test_an_event_is_expanded_and_carried_once(tenant: Tenant, ears: Ears) -> None:
    event = happen(tenant)
    worker.drain()
    worker.drain()
    assert [(each.id, each.verb, each.payload) for each in ears.events] == [(event, HEARD, {"a": 1})]
    assert ears.carried == ["maria", "ion"]
    with scope(tenant.id):
        assert Activity.objects.get(pk=event).dispatched_at == NOW
    assert open_errands(tenant) == []


def test_a_worker_told_to_end_does_the_errand_in_hand_and_no_other(
    tenant: Tenant, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = Over()
    carry = ears.carry

    def last(errand: outbox.Errand) -> None:
        over.set()
        carry(errand)

    monkeypatch.setitem(outbox.CONSUMERS, "ears", replace(outbox.CONSUMERS["ears"], carry=last))
    happen(tenant)
    worker.drain(over)
    assert (ears.carried, open_errands(tenant)) == (["maria"], [("ion", 0)])
    worker.drain(over)
    worker.Sweeper().look(over)
    assert ears.carried == ["maria"]
    worker.drain()
    assert ears.carried == ["maria", "ion"]


def test_the_same_person_is_wanted_once(tenant: Tenant, ears: Ears) -> None:
    ears.people = ("maria", "maria")
    event = happen(tenant)
    worker.drain()
    with scope(tenant.id):
        outbox.later(event, "ears", Wanted("maria", "sms"))
    worker.drain()
    assert ears.carried == ["maria"]


def test_an_event_nobody_wants_is_no_work_for_anybody(tenant: Tenant, ears: Ears) -> None:
    event = happen(tenant, "thing.ignored")
    assert worker.look() == 0
    assert ears.events == []
    with scope(tenant.id):
        assert Activity.objects.get(pk=event).dispatched_at == NOW


def test_an_event_that_lost_its_listeners_is_only_marked(tenant: Tenant, ears: Ears) -> None:
    happen(tenant)
    del outbox.CONSUMERS["ears"]
    assert worker.look() == 1
    assert worker.look() == 0


def test_a_delay_is_kept_and_an_old_event_is_not_told(tenant: Tenant, ears: Ears) -> None:
    slow = Ears(people=())
    outbox.register(Consumer("slow", frozenset({HEARD}), slow.expand, delay=timedelta(seconds=10)))
    happen(tenant)
    worker.drain()
    assert (len(ears.events), len(slow.events)) == (1, 0)
    with clock.at(NOW + timedelta(seconds=10)):
        worker.drain()
    assert len(slow.events) == 1
    with clock.at(NOW - timedelta(days=3)):
        happen(tenant)
    worker.drain()
    assert len(slow.events) == 1


def test_what_fails_is_tried_again_after_growing_pauses(tenant: Tenant, ears: Ears) -> None:
    ears.people, ears.failures = ("maria",), 2
    happen(tenant)
    worker.drain()
    assert (ears.carried, open_errands(tenant)) == ([], [("maria", 1)])
    with clock.at(NOW + timedelta(seconds=7)):
        worker.drain()
    assert open_errands(tenant) == [("maria", 2)]
    with clock.at(NOW + timedelta(seconds=40)):
        worker.drain()
    assert (ears.carried, open_errands(tenant)) == (["maria"], [])


def test_what_fails_for_good_is_kept_for_people(tenant: Tenant, ears: Ears) -> None:
    ears.people, ears.failures = ("maria",), 99
    happen(tenant)
    for hours in range(errands.ATTEMPTS + 2):
        with clock.at(NOW + timedelta(hours=2 * hours)):
            worker.drain()
    with scope(tenant.id):
        dead = Errand.objects.get(dead=True)
        shown = graveyard.dead()
    assert (dead.attempts, dead.error) == (errands.ATTEMPTS, "ValueError: not yet")
    assert 99 - ears.failures == errands.ATTEMPTS
    assert [(one.id, one.verb, one.consumer) for one in shown] == [(dead.pk, HEARD, "ears")]
    ears.failures = 0
    assert graveyard.try_again(tenant.id, None) == 1
    with clock.at(NOW + timedelta(days=1)):
        worker.drain()
    assert ears.carried == ["maria"]


def test_a_turn_that_fails_leaves_nothing_half(
    tenant: Tenant, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(event: Event) -> Iterator[Wanted]:
        record("half.done", "thing", 1, SYSTEM)
        yield Wanted("maria", "sms")
        raise ValueError("half way")

    monkeypatch.setitem(outbox.CONSUMERS, "ears", Consumer("ears", frozenset({HEARD}), half, ears.carry))
    happen(tenant)
    worker.drain()
    with scope(tenant.id):
        assert not Activity.objects.filter(verb="half.done").exists()
    assert open_errands(tenant) == [("", 1)]
    monkeypatch.setitem(
        outbox.CONSUMERS, "ears", Consumer("ears", frozenset({HEARD}), ears.expand, ears.carry)
    )
    with clock.at(NOW + timedelta(minutes=1)):
        worker.drain()
    assert ears.carried == ["maria", "ion"]


def test_what_a_dead_worker_held_comes_due_again(
    tenant: Tenant, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    ears.people = ("maria",)

    class Killed(BaseException):
        pass

    def die(_errand: outbox.Errand) -> None:
        raise Killed

    monkeypatch.setitem(outbox.CONSUMERS, "ears", Consumer("ears", frozenset({HEARD}), ears.expand, die))
    happen(tenant)
    with pytest.raises(Killed):
        worker.drain()
    monkeypatch.setitem(
        outbox.CONSUMERS, "ears", Consumer("ears", frozenset({HEARD}), ears.expand, ears.carry)
    )
    worker.drain()
    assert ears.carried == []  # somebody may still be at it
    with clock.at(NOW + errands.LEASE):
        worker.drain()
    assert ears.carried == ["maria"]


def test_what_is_put_off_is_done_at_its_time(tenant: Tenant, ears: Ears) -> None:
    event = happen(tenant, "thing.ignored")
    with scope(tenant.id):
        outbox.later(event, "ears", Wanted("offer:1", "expiry", due=NOW + timedelta(minutes=10)))
    worker.drain()
    assert ears.carried == []
    with clock.at(NOW + timedelta(minutes=10)):
        worker.drain()
    assert ears.carried == ["offer:1"]


def test_one_organization_does_not_hold_up_another(tenant: Tenant, stranger: Tenant, ears: Ears) -> None:
    for each in (tenant, stranger):
        happen(each)
    worker.look()
    assert len(ears.events) == 2


def test_the_function_gives_ids_of_what_is_due_and_nothing_else(tenant: Tenant, ears: Ears) -> None:
    happen(tenant)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM visita_due(%s)", [NOW])
        assert cursor.fetchall() == [(tenant.id, True, False)]


def test_a_sweep_that_fails_at_one_organization_goes_on_to_the_next(
    alone: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def act(organization: int) -> None:
        seen.append(organization)
        if organization == 1:
            raise IntegrityError("poison")

    job = outbox.Sweep("poison", timedelta(seconds=1), lambda _moment: [1, 2], act)
    monkeypatch.setattr(outbox, "SWEEPS", {"poison": job})
    worker.Sweeper().look()
    assert seen == [1, 2]


def test_a_failure_in_words_the_database_cannot_keep_is_kept(tenant: Tenant, ears: Ears) -> None:
    def die(_errand: outbox.Errand) -> None:
        raise ValueError("half \x00 a \ud800 word")

    ears.people = ("maria",)
    outbox.register(Consumer("mute", frozenset({"mute.done"}), ears.expand, die))
    happen(tenant, "mute.done")
    worker.drain()
    with scope(tenant.id):
        assert "half" in Errand.objects.get(consumer="mute", channel="sms").error
