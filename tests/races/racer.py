"""One racer: a process that does its job of each round through the booking actions and says how it went."""

import json
import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from django.db import connection

from tests.world import CLIENT, NOW, STAFF, person
from visita.activity.idempotency import Idempotency, StoredAnswer
from visita.bookings import actions
from visita.bookings.requests import Booked, BookRequest, HoldRequest, Item, MoveRequest
from visita.foundation import clock
from visita.foundation.errors import Refusal

Job = dict[str, Any]


def warm(job: Job) -> None:
    """Do a job before the racers are forked, so that none of them pays for imports and tables read once."""
    run(job)
    connection.close()
    cast(Any, connection).close_pool()


def prepare() -> None:
    """Connect before the first gate, so that no round pays for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def run(job: Job) -> Job:
    """Do the job; `outcome` is "won", a refusal's code, or "error: …" for what must never happen."""
    try:
        with clock.at(NOW):
            outcome = _DOORS[job["door"]](job)
    except Refusal as refusal:
        outcome = refusal.code
    except Exception as error:  # noqa: BLE001  # whatever happens is this racer's result
        outcome = f"error: {type(error).__name__}: {error}"
    return {"outcome": outcome, "finished": time.monotonic()}


def _request(job: Job) -> BookRequest:
    item = Item(job["service"], job["resource"], datetime.fromisoformat(job["start"]))
    name = job["name"]
    details = person(name, "Racer", phone="", email=f"{name.lower()}@example.test")
    return BookRequest((item,), client=details, seats=job["seats"])


def _book(job: Job) -> str:
    actions.book(job["organization"], _request(job), CLIENT)
    return "won"


def _overbook(job: Job) -> str:
    """By right over what is there."""
    actions.book(job["organization"], replace(_request(job), staff=True, force=True), STAFF)
    return "won"


def _book_once(job: Job) -> str:
    """The same key from several racers: `stored` where somebody's answer is given again."""
    key = Idempotency("anonymous", "bookings", job["key"], "same")

    def render(booked: Booked) -> bytes:
        return json.dumps({"code": booked.code}).encode()

    answer = actions.book(job["organization"], _request(job), CLIENT, idempotency=key, render=render)
    return (
        f"stored {json.loads(answer.body)['code']}"
        if isinstance(answer, StoredAnswer)
        else f"won {answer.code}"
    )


def _roam(job: Job) -> str:
    """Every door at random, so many steps; what is refused is refused, an error ends it."""
    dice, mine, done = random.Random(job["seed"]), list[int](), 0
    for _turn in range(job["steps"]):
        try:
            _step(job, dice, mine)
            done += 1
        except Refusal as refusal:
            if refusal.status >= 500:
                raise
    return f"won {done}"


def _step(job: Job, dice: random.Random, mine: list[int]) -> None:
    organization, start = job["organization"], datetime.fromisoformat(dice.choice(job["starts"]))
    who = dice.choice(job["resources"])
    item = Item(job["service"], who if dice.random() < 0.7 else None, start)
    visit = dice.choice(mine) if mine else 0
    details = person(
        f"{job['name']}{dice.randrange(40)}", "Racer", phone="", email=f"{job['name'].lower()}@example.test"
    )
    step = dice.randrange(6 if mine else 3)
    if step == 0:
        held = actions.hold(organization, HoldRequest((item,)), CLIENT)
        request = BookRequest((item,), client=details, hold=held.token)
    else:
        request = BookRequest((item,), client=details, staff=step == 1)
    if step < 3:
        booked = actions.book(organization, request, STAFF if step == 1 else CLIENT)
        assert isinstance(booked, Booked)
        mine.append(booked.visit_id)
    elif step == 3:
        actions.move(organization, visit, MoveRequest(start, who, staff=True), STAFF)
    elif step == 4:
        actions.cancel(organization, visit, STAFF)
    else:
        actions.restore(organization, visit, STAFF)


_DOORS: dict[str, Callable[[Job], str]] = {
    "overbook": _overbook,
    "book": _book,
    "once": _book_once,
    "roam": _roam,
}
