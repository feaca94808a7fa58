"""An organization's own rules: asked at every door, within a limit that is real, with a set answer when broken."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.world import CLIENT, NOW, STAFF, Clinic, at, day_after, person, request
from visita.activity.models import Activity
from visita.bookings import actions, cases, consulting, rules
from visita.bookings.models import Visit
from visita.bookings.own_rules import Client, Proposal, runner
from visita.bookings.requests import Booked, Item, MoveRequest, SubjectDetails
from visita.catalog import actions as catalog
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy

DAYS = "example.days-between"
PATIENCE = 30.0  # seconds; an answer comes in milliseconds, but not on every machine


@pytest.fixture(scope="module", autouse=True)
def processes() -> Iterator[None]:
    """None is left behind; a busy machine may take long to start one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runner, "START", 60.0)
        yield
    runner.stop()


def rule(cast: Clinic, name: str = DAYS, **parameters: Any) -> None:
    row = {"rule": name, "parameters": parameters}
    tenancy.set_setting(cast.id, "booking_rules", [row], actor=STAFF)
    tenancy.set_setting(cast.id, "rules_limit_ms", 5000, actor=STAFF)


def book(cast: Clinic, *args: Any, actor: Any = CLIENT, **more: Any) -> Booked:
    booked = actions.book(cast.id, request(cast, *args, **more), actor)
    assert isinstance(booked, Booked)
    return booked


def test_no_second_visit_within_so_many_days(cast: Clinic) -> None:
    rule(cast, services=[cast.visit], days=10)
    book(cast, at(9))
    with pytest.raises(Refusal) as refused, translation.override("ro"):
        book(cast, at(9, day=day_after(2)))
    assert (refused.value.code, refused.value.status) == ("rule_refused", 422)
    assert "3 decembrie 2026" in str(refused.value.message) and "Între" in str(refused.value.message)
    book(cast, at(9, day=day_after(10)))
    book(cast, at(14), cast.gym)  # not one of its services
    book(cast, at(10), client=person("Ion", "Popa", phone="+40721555015"))


def test_a_move_is_asked_too_and_the_moved_visit_is_not_its_own_neighbour(cast: Clinic) -> None:
    rule(cast, services=[cast.visit], days=10)
    first, second = book(cast, at(9)), book(cast, at(9, day=day_after(14)))
    actions.move(cast.id, first.visit_id, MoveRequest(at(10)), CLIENT)
    with pytest.raises(Refusal, match="rule_refused"):
        actions.move(cast.id, second.visit_id, MoveRequest(at(9, day=day_after(7))), CLIENT)


def test_staff_are_refused_too_and_go_over_it_by_right(cast: Clinic) -> None:
    rule(cast, days=10)
    book(cast, at(9))
    with pytest.raises(Refusal, match="rule_refused"):
        book(cast, at(11), staff=True, actor=STAFF)
    over = book(cast, at(11), staff=True, override=True, actor=STAFF)
    with scope(cast.id):
        assert Activity.objects.get(object_id=over.visit_id, verb="visit.booked").payload["overridden"] == [
            DAYS
        ]
    with pytest.raises(Refusal, match="rule_refused"):  # a client has no such right, whatever is sent
        book(cast, at(12), override=True)


def test_a_warning_stops_staff_once_and_clients_never(cast: Clinic) -> None:
    rule(cast, "example.minors")
    with pytest.raises(Refusal) as warned:
        book(cast, at(9), staff=True, actor=STAFF)
    assert (warned.value.code, warned.value.status) == ("rule_warned", 409)
    assert warned.value.extra["warnings"] == ["The age is not known: is it a child?"]
    book(cast, at(9), staff=True, warned=True, actor=STAFF)
    book(cast, at(10))


def test_a_child_comes_after_school(cast: Clinic) -> None:
    rule(cast, "example.minors")
    child = SubjectDetails("child", "Radu", {"born": "2016-03-01"})
    with pytest.raises(Refusal) as refused:
        book(cast, at(9), subject=child)
    assert "14:00" in str(refused.value.message)
    book(cast, at(14), subject=child)


def test_where_nothing_is_set_no_statement_is_added(cast: Clinic) -> None:
    book(cast, at(9))
    with CaptureQueriesContext(connection) as plain:
        book(cast, at(10))
    rule(cast, days=1)
    with CaptureQueriesContext(connection) as asked:
        book(cast, at(9, day=day_after(3)))
    assert not any("max(activity_id)" in query["sql"] for query in plain)
    assert len(asked) > len(plain)


@pytest.mark.parametrize(("answer", "booked"), [("refuse", False), ("accept", True)])
def test_an_unknown_rule_gets_the_set_answer(cast: Clinic, answer: str, booked: bool) -> None:
    tenancy.set_setting(cast.id, "rules_when_broken", answer, actor=STAFF)
    rule(cast, "nobody.wrote-this")
    if booked:
        assert book(cast, at(9))
        return
    with pytest.raises(Refusal) as refused:
        book(cast, at(9))
    assert refused.value.extra == {"rule": "nobody.wrote-this", "broken": True}
    assert "+40215550142" in str(refused.value.message)


def test_visits_that_came_meanwhile_are_asked_about(cast: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    rule(cast, days=10)
    book(cast, at(9, day=day_after(30)))
    real = consulting.judged
    seen: list[Any] = []

    def slow(case: Any, state: Any) -> consulting.Advice:
        advice = real(case, state)
        if not seen:
            seen.append(state)
            monkeypatch.setattr(consulting, "judged", real)
            book(cast, at(9))  # the same person in a second tab
        return advice

    monkeypatch.setattr(consulting, "judged", slow)
    with pytest.raises(Refusal, match="rule_refused"):
        book(cast, at(11))
    with scope(cast.id):
        assert Visit.objects.count() == 2


PROPOSAL = Proposal(NOW, "web", False, 1, 1, (), Client(None, "", "", "", "", ""), None, ())


@pytest.mark.parametrize("name", ["test.loops", "test.sleeps", "test.exits", "test.raises", "test.talks"])
def test_a_broken_rule_is_ended_in_time(name: str, broken_rules: None) -> None:
    runner.ask("test.fine", {}, PROPOSAL, seconds=PATIENCE)  # the process is up
    began = time.monotonic()
    assert runner.ask(name, {}, PROPOSAL, seconds=0.2).kind == "broken"
    assert time.monotonic() - began < 30  # the longest would take sixty, or go on for ever
    assert runner.ask("test.fine", {}, PROPOSAL, seconds=PATIENCE).kind == "accept"


def test_what_a_rule_prints_is_no_verdict_and_its_error_no_text(broken_rules: None) -> None:
    assert runner.ask("test.prints", {}, PROPOSAL, seconds=PATIENCE).kind == "refuse"
    assert "Maria" not in runner.ask("test.raises", {}, PROPOSAL, seconds=PATIENCE).error


def test_answers_look_the_same_to_a_booking_and_to_a_move(cast: Clinic) -> None:
    catalog.add_field(cast.id, "guardian", {"en": "Guardian"}, kind="text", actor=STAFF)
    wanted = request(cast, at(9), fields={"guardian": " Maria "})
    booked = book(cast, at(9), fields=wanted.fields)
    with scope(cast.id):
        found = rules.load(cast.location, (cast.visit,), booking=True)
        visit, items = Visit.objects.get(pk=booked.visit_id), (Item(cast.visit, None, at(10)),)
        seen = [
            cases.of_booking(found, wanted, CLIENT),
            cases.of_move(found, visit, items, MoveRequest(at(10)), CLIENT),
        ]
    assert [case.proposal.fields for case in seen] == [{"guardian": "Maria"}] * 2


def test_a_process_that_does_not_come_up_is_not_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []
    real = subprocess.Popen

    def started(*given: Any, **more: Any) -> Any:
        made.append(real(*given, **more))
        return made[-1]

    monkeypatch.setattr(subprocess, "Popen", started)
    monkeypatch.setattr(runner, "START", 0.0)
    runner.stop()
    assert runner.ask("test.fine", {}, PROPOSAL, seconds=1).kind == "broken"
    assert [each.poll() is not None for each in made] == [True]


def test_what_a_rule_started_ends_with_it(broken_rules: None, tmp_path: Path) -> None:
    told = tmp_path / "child"
    assert runner.ask("test.leaves", {"file": str(told)}, PROPOSAL, seconds=PATIENCE).kind == "broken"
    until = time.monotonic() + PATIENCE
    while _runs(told.read_text()):
        assert time.monotonic() < until
        time.sleep(0.01)


def _runs(pid: str) -> bool:
    """Whether the process is there, and not as one that ended and waits for its parent."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_process_that_ended_while_it_waited_is_replaced(broken_rules: None) -> None:
    runner.ask("test.fine", {}, PROPOSAL, seconds=PATIENCE)
    for each in runner._idle:
        each._popen.kill()
        each._popen.wait()
    assert runner.ask("test.fine", {}, PROPOSAL, seconds=PATIENCE).kind == "accept"


@pytest.fixture
def broken_rules(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package of rules that misbehave, on the path of fresh processes."""
    (tmp_path / "misbehaving.py").write_text(MISBEHAVING)
    info = tmp_path / "misbehaving-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: misbehaving\nVersion: 1\n")
    names = ("fine", "loops", "sleeps", "exits", "raises", "talks", "prints", "leaves")
    lines = "".join(f"test.{name} = misbehaving:{name}\n" for name in names)
    (info / "entry_points.txt").write_text(f"[visita.rules]\n{lines}")
    runner.stop()
    monkeypatch.setattr(runner, "_path", (str(tmp_path),))


MISBEHAVING = """
import os, subprocess, time
from visita.bookings.own_rules import ACCEPT, refuse, rule

@rule
def fine(proposal, parameters):
    return ACCEPT

@rule
def loops(proposal, parameters):
    while True:
        pass

@rule
def sleeps(proposal, parameters):
    time.sleep(60)

@rule
def exits(proposal, parameters):
    os._exit(0)

@rule
def leaves(proposal, parameters):
    child = subprocess.Popen(["sleep", "600"], stdin=subprocess.DEVNULL)
    with open(parameters["file"], "w") as file:
        file.write(str(child.pid))
    os._exit(0)

@rule
def raises(proposal, parameters):
    raise ValueError("Maria Ilie")

@rule
def talks(proposal, parameters):
    return "yes"

@rule
def prints(proposal, parameters):
    print('{"kind": "accept", "text": {}}', flush=True)
    return refuse({"en": "No."})
"""
