"""The history tab: what every change changed in words, and bringing back by script and by form."""

import json
import re
from typing import Any

from tests import world
from visita.bookings import actions, states
from visita.bookings.models import Visit
from visita.bookings.requests import Booked, MoveRequest
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy
from visita.web.desk.tests.conftest import Desk, signed_in


def moved(desk: Desk) -> int:
    """A visit of Ana's at 9:00 that was taken to Mihai at 14:00, with a note."""
    wanted = world.request(desk.clinic, world.at(9), who=desk.clinic.ana)
    booked = actions.book(desk.clinic.id, wanted, world.CLIENT)
    assert isinstance(booked, Booked)
    there = MoveRequest(world.at(14), desk.clinic.mihai, staff=True)
    actions.move(desk.clinic.id, booked.visit_id, there, world.STAFF)
    actions.note(desk.clinic.id, booked.visit_id, "Brings pictures", world.STAFF)
    return booked.visit_id


def acts(desk: Desk, visit: int) -> list[int]:
    with scope(desk.clinic.id):
        return [step.act.pk for step in states.steps(visit)]


def row(desk: Desk, visit: int) -> Visit:
    with scope(desk.clinic.id):
        return Visit.objects.get(pk=visit)


def send(desk: Desk, path: str, browser: Any = None, **values: Any) -> Any:
    browser = browser or desk.reception
    return browser.post(desk.url(path), json.dumps(values), content_type="application/json")


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_history_says_who_what_from_where_and_from_what_to_what(desk: Desk) -> None:
    shown = text(desk.reception.get(desk.url(f"visits/{moved(desk)}/")))
    told = shown[shown.index("Nothing") if "Nothing" in shown else shown.rindex("History") :]
    for words in ("Note changed", "Reception · desk", "Note was: – became: Brings pictures", "Moved",
                  "With was: Ana Pop became: Mihai Ionescu", "09:00–09:30", "14:00–14:30",
                  "Booked", "the client · booking page"):  # fmt: skip
        assert words in told


def test_a_state_comes_back_and_one_change_is_undone(desk: Desk) -> None:
    visit = moved(desk)
    booked, move, _note = acts(desk, visit)
    done = send(desk, f"visits/{visit}/acts/{move}/undo", version=3)
    assert (done.status_code, done.json()["version"]) == (200, 4)
    assert row(desk, visit).wall.endswith("T09:00") and row(desk, visit).note == "Brings pictures"
    form = desk.reception.post(desk.url(f"visits/{visit}/acts/{booked}/state"), {"version": 4})
    assert form.status_code == 302 and row(desk, visit).note == ""
    assert send(desk, f"visits/{visit}/undo", version=5).status_code == 200
    assert row(desk, visit).note == "Brings pictures"


def test_a_taken_time_offers_others_that_can_be_pressed(desk: Desk) -> None:
    visit = moved(desk)
    first = acts(desk, visit)[0]
    taken = world.request(desk.clinic, world.at(9), who=desk.clinic.ana, client=world.person("Other"))
    actions.book(desk.clinic.id, taken, world.CLIENT)
    path = f"visits/{visit}/acts/{first}/state"
    refused = send(desk, path, version=3)
    assert (refused.status_code, refused.json()["code"]) == (409, "slot_taken")
    page = desk.reception.post(desk.url(path), {"version": 3})
    assert page.status_code == 409 and page.content.decode().count('name="instead"') == 3
    near = refused.json()["ways"][0]["instead"]
    assert send(desk, path, version=3, instead=near).status_code == 200
    assert row(desk, visit).version == 4


def test_nonsense_is_refused_by_its_field(desk: Desk) -> None:
    visit = moved(desk)
    first = acts(desk, visit)[0]
    for instead in ("x", "2026-11-23T09:00|1", "2026-11-23T09:00+02:00|99999999999999999999", "|" * 100):
        refused = send(desk, f"visits/{visit}/acts/{first}/state", version=3, instead=instead)
        assert refused.status_code == 422, instead
    assert send(desk, f"visits/{visit}/acts/{first}/state").status_code == 422
    assert send(desk, f"visits/{visit}/acts/999999999/undo", version=3).status_code == 404
    assert send(desk, f"visits/{visit}/acts/{first}/state", version=2).json()["code"] == "changed_meanwhile"


def test_who_may_not_change_everything_brings_nothing_back(desk: Desk) -> None:
    visit = moved(desk)
    first = acts(desk, visit)[0]
    doctor = signed_in(desk.clinic.id, "specialist", desk.clinic.mihai)
    assert send(desk, f"visits/{visit}/acts/{first}/state", doctor, version=3).status_code == 403
    stranger = desk.doctor  # only Ana's visits are hers
    assert send(desk, f"visits/{visit}/undo", stranger, version=3).status_code == 404
    assert send(desk, f"visits/{visit}/undo", doctor, version=3).status_code == 403  # somebody else's change
    assert send(desk, f"visits/{visit}/arrival", doctor, version=3, any_day=True).status_code == 200
    assert send(desk, f"visits/{visit}/undo", doctor, version=4).status_code == 200  # their own
    assert row(desk, visit).status == "confirmed"


def test_a_cancelled_visit_whose_time_is_gone_comes_back_at_another(desk: Desk) -> None:
    visit = moved(desk)
    actions.cancel(desk.clinic.id, visit, world.STAFF)
    taken = world.request(desk.clinic, world.at(14), who=desk.clinic.mihai, client=world.person("Other"))
    actions.book(desk.clinic.id, taken, world.CLIENT)
    refused = send(desk, f"visits/{visit}/restoration", version=4)
    assert refused.json()["code"] == "slot_taken" and len(refused.json()["ways"]) == 3
    near = refused.json()["ways"][0]["instead"]
    assert send(desk, f"visits/{visit}/restoration", version=4, instead=near).json()["status"] == "confirmed"
    assert send(desk, f"visits/{visit}/restoration", desk.doctor, version=5).status_code in (403, 404)


def test_a_rule_that_says_no_to_a_cancelled_visit_is_gone_over_with_a_second_press(desk: Desk) -> None:
    visit = moved(desk)
    actions.cancel(desk.clinic.id, visit, world.STAFF)
    tenancy.set_setting(desk.clinic.id, "eligibility", {"clients": "returning"}, actor=world.STAFF)
    path = f"visits/{visit}/restoration"
    refused = send(desk, path, version=4)
    assert (refused.status_code, refused.json()["code"]) == (422, "not_eligible")
    assert send(desk, path, version=4, override=True).status_code == 403  # reception keeps to the rules
    pages = [
        who.post(desk.url(path), {"version": 4}).content.decode() for who in (desk.reception, desk.owner)
    ]
    assert ["Book against the rule" in page for page in pages] == [False, True]
    assert all("clients who were here before" in page for page in pages)
    assert send(desk, path, desk.owner, version=4, override=True).json()["status"] == "confirmed"
    assert "desk · against the rule" in text(desk.owner.get(desk.url(f"visits/{visit}/")))
    undo = f"visits/{visit}/undo"  # cancelled again, and that taken back
    actions.cancel(desk.clinic.id, visit, world.STAFF)
    assert send(desk, undo, desk.owner, version=6).json()["code"] == "not_eligible"
    stale = send(desk, undo, desk.owner, version=5, override=True)  # another desk's page
    assert stale.json()["code"] == "changed_meanwhile"
    assert send(desk, undo, desk.owner, version=6, override=True).status_code == 200
