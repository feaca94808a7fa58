"""All doors at once: the same key sent five times, and every verb at random beside each other."""

import pytest

from tests.races.racer import Job
from tests.races.track import Track, race, track, when
from tests.races.truth import DEADLOCKS, DOUBLES, asked

pytestmark = [pytest.mark.race, pytest.mark.slow]

# A living claim of a visit that is cancelled or gone, or a visit that should hold its time and does not.
_LOOSE = """
SELECT count(*) FROM bookings_appointment p JOIN bookings_visit v ON v.id = p.visit_id
LEFT JOIN scheduling_allocation a ON a.appointment_id = p.id AND a.live
WHERE p.organization_id = %s AND (a.id IS NULL) <> (v.status = 'cancelled')"""


@pytest.fixture
def on(committed_db: None) -> Track:
    """A track of its own."""
    return track()


def _job(on: Track, turn: int, name: str, **more: object) -> Job:
    chair, start = on.resources["slot"][0], when(turn, "slot").isoformat()
    job = {"door": "once", "organization": on.organization, "service": on.services["slot"], "resource": chair}
    return {**job, "start": start, "seats": 1, "name": name, **more}


def test_one_key_has_one_effect(on: Track, database_environment: dict[str, str]) -> None:
    planned = [(f"key {turn}", [_job(on, turn, "Maria", key=f"key {turn}")] * 5) for turn in range(8)]
    for each in race(database_environment, planned, warm=_job(on, 20, "Maria", door="book")):
        won = [outcome.split()[1] for outcome in each.outcomes if outcome.startswith("won")]
        again = [outcome.split()[1] for outcome in each.outcomes if outcome.startswith("stored")]
        assert len(won) == 1
        assert set(again) <= set(won)
        assert len(won) + len(again) + each.outcomes.count("in_flight") == 5, each.outcomes
    assert asked("SELECT count(*) FROM bookings_visit WHERE organization_id = %s", on.organization) == 9
    assert asked("SELECT count(*) FROM clients_client WHERE organization_id = %s", on.organization) == 1


def test_overbookings_at_once_take_seats_of_their_own(
    on: Track, database_environment: dict[str, str]
) -> None:
    jobs = [_job(on, 0, f"Racer{number}", door="overbook") for number in range(7)]
    raced = race(database_environment, [("over", jobs)], warm=_job(on, 20, "Maria", door="book"))[0]
    assert list(raced.outcomes) == ["won"] * 7, raced.outcomes
    over = "FROM scheduling_allocation WHERE organization_id = %s AND overbooked"
    assert asked(f"SELECT count(DISTINCT lower(seats)) {over}", on.organization) == 6
    assert asked(f"SELECT min(lower(seats)) {over}", on.organization) == -5
    assert asked(DOUBLES, on.organization) == 0


def test_every_door_at_once(on: Track, database_environment: dict[str, str]) -> None:
    deadlocks = asked(DEADLOCKS)
    starts = [when(turn, kind).isoformat() for turn in range(4) for kind in ("slot", "parties")]
    chairs = on.resources["different"][:3]
    more = {
        "door": "roam",
        "service": on.services["different"],
        "starts": starts,
        "resources": chairs,
        "steps": 30,
    }
    planned = [("roam", [_job(on, 0, f"Racer{number}", **more, seed=number) for number in range(8)])]
    outcomes = race(database_environment, planned, warm=_job(on, 20, "Maria", door="book"))[0].outcomes
    assert all(outcome.startswith("won") for outcome in outcomes), outcomes
    assert sum(int(outcome.split()[1]) for outcome in outcomes) >= 10  # the others were refused
    assert asked(DOUBLES, on.organization) == 0
    assert asked(_LOOSE, on.organization) == 0
    assert asked(DEADLOCKS) == deadlocks
