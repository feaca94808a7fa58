"""Two clerks at one queue: each calls somebody else, the last free place is given once, numbers are given once."""

import importlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, local
from typing import Any
from unittest import mock

import pytest
from django.db import connection

from tests.world import STAFF, Clinic, at, clinic
from visita.bookings import actions, queue
from visita.bookings.models import Ticket, Visit
from visita.bookings.queue import JoinRequest
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy

pytestmark = [pytest.mark.race, pytest.mark.slow, pytest.mark.usefixtures("committed_db")]
TEN = at(10)


def world(waiting: int) -> Clinic:
    with clock.at(TEN):
        cast = clinic()
        tenancy.set_setting(cast.id, "queue", True, actor=STAFF)
        for _turn in range(waiting):
            actions.join_queue(cast.id, cast.location, JoinRequest(cast.visit), STAFF)
    return cast


def together(jobs: Sequence[Callable[[], Any]]) -> list[Any]:
    """Their results or refusals' codes, all started at one moment."""
    gate = Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        try:
            with clock.at(TEN):
                gate.wait()
                return job()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def start(cast: Clinic, ticket: int) -> Any:
    return actions.start_ticket(cast.id, ticket, None, STAFF).state


def called(cast: Clinic) -> list[Any]:
    def job() -> Any:
        return actions.call_next(cast.id, cast.location, None, STAFF).number

    return together([job] * 4)


def test_four_who_call_at_once_get_four_numbers() -> None:
    for _round in range(3):
        assert sorted(called(world(5))) == [1, 2, 3, 4]


def test_without_the_lock_one_number_is_called_twice() -> None:
    """The negative control: all look who is first before anybody calls."""
    cast, gate, here = world(5), Barrier(4), local()
    module = importlib.import_module("visita.bookings.actions.call_ticket")
    goes = module._goes

    def looking(*given: Any) -> bool:
        found = bool(goes(*given))
        if not getattr(here, "looked", False):
            here.looked = True
            gate.wait(60)
        return found

    with mock.patch.object(queue, "lock", lambda *_args: 0), mock.patch.object(module, "_goes", looking):
        numbers = called(cast)
    assert len(set(numbers)) < len(numbers)


def test_the_last_place_is_given_once() -> None:
    for _round in range(3):
        cast = world(4)
        with scope(cast.id):
            ids = list(Ticket.objects.order_by("number").values_list("pk", flat=True))
        jobs = [partial(start, cast, one) for one in ids]
        outcomes = together(jobs)
        assert sorted(outcomes) == ["served", "served", "slot_taken", "slot_taken"], outcomes  # two doctors
        with scope(cast.id):
            assert Visit.objects.count() == 2


def test_numbers_are_given_once() -> None:
    cast = world(0)

    def job() -> Any:
        return actions.join_queue(cast.id, cast.location, JoinRequest(cast.visit), STAFF).number

    assert sorted(together([job] * 6)) == [1, 2, 3, 4, 5, 6]
