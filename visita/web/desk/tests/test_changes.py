"""Every change from the desk: done, refused with its code, forbidden to the wrong role, hidden from other tenants."""

from typing import Any

import pytest
from django.test import Client

from tests import world
from visita.bookings import actions, journal_visit
from visita.bookings.models import Visit
from visita.bookings.requests import Booked, BookRequest, Item, MoveRequest
from visita.clients.models import ClientNote
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.foundation.text import LONGEST_NOTE
from visita.scheduling.models import Allocation
from visita.web.desk.tests.conftest import Desk, signed_in

CHANGES = ["move", "cancellation", "confirmation", "arrival", "completion", "no-show", "restoration", "note"]


def book(desk: Desk, hour: int = 10, **more: Any) -> int:
    """A visit with Ana on Monday; its id."""
    request = world.request(desk.clinic, world.at(hour), **{"who": desk.clinic.ana, **more})
    return int(actions.book(desk.clinic.id, request, world.CLIENT).visit_id)  # type: ignore[union-attr]


def send(desk: Desk, visit: int, change: str, browser: Client | None = None, **body: Any) -> Any:
    """POST a change as the script does."""
    browser = browser or desk.reception
    return browser.post(desk.url(f"visits/{visit}/{change}"), {"version": 1, **body}, "application/json")


def found(desk: Desk, visit: int) -> Visit:
    """The visit as it stands."""
    with scope(desk.clinic.id):
        return Visit.objects.get(pk=visit)


def claims(desk: Desk, visit: int) -> list[Allocation]:
    """What holds the visit's time."""
    with scope(desk.clinic.id):
        parts = [part.pk for part in journal_visit.appointments(visit)]
        return list(Allocation.objects.filter(appointment_id__in=parts, live=True))


def test_move_to_another_time_and_person(desk: Desk) -> None:
    visit = book(desk)
    start = world.at(14, 35)
    response = send(desk, visit, "move", start=start.isoformat(), resource=desk.clinic.mihai)
    assert response.status_code == 200, response.content
    assert (response.json()["version"], found(desk, visit).s) == (2, clock.to_minute(start))


def test_resize(desk: Desk) -> None:
    visit = book(desk)
    response = send(desk, visit, "move", start=world.at(10).isoformat(), resource=desk.clinic.ana, minutes=45)
    assert response.status_code == 200, response.content
    assert found(desk, visit).e - found(desk, visit).s == 45


def test_a_taken_time_refuses_the_move_and_changes_nothing(desk: Desk) -> None:
    visit = book(desk)
    book(desk, 11)
    response = send(desk, visit, "move", start=world.at(11).isoformat(), resource=desk.clinic.ana)
    assert (response.status_code, response.json()["code"]) == (409, "slot_taken")
    assert response["Content-Type"] == "application/problem+json"
    assert found(desk, visit).version == 1


def test_booking_over_another_needs_its_own_right(desk: Desk) -> None:
    visit = book(desk)
    body: dict[str, Any] = {"start": world.at(10).isoformat(), "resource": desk.clinic.ana, "force": True}
    assert send(desk, visit, "move", **body).status_code == 403
    owner = signed_in(desk.clinic.id, "owner")
    book(desk, 11)
    over = {**body, "start": world.at(11).isoformat()}
    assert send(desk, visit, "move", owner, **over).status_code == 200
    assert [each.overbooked for each in claims(desk, visit)] == [True]


def test_a_visit_grows_over_its_neighbour_by_right_alone(desk: Desk) -> None:
    visit = book(desk)
    book(desk, 11)
    body: dict[str, Any] = {"start": world.at(10).isoformat(), "resource": desk.clinic.ana, "minutes": 90}
    assert send(desk, visit, "move", **body).json()["code"] == "slot_taken"
    assert send(desk, visit, "move", **body, force=True).status_code == 403
    assert (
        send(desk, visit, "move", signed_in(desk.clinic.id, "owner"), **body, force=True).status_code == 200
    )
    assert [(each.overbooked, each.e - each.s) for each in claims(desk, visit)] == [(True, 90)]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ("arrival", "arrived"),
        ("completion", "completed"),
        ("no-show", "no_show"),
        ("cancellation", "cancelled"),
    ],
)
def test_status_changes(desk: Desk, change: str, status: str) -> None:
    visit = book(desk)
    with clock.at(world.at(10)):
        response = send(desk, visit, change, reason="asked by phone")
    assert (response.status_code, response.json()) == (200, {"version": 2, "status": status})


@pytest.mark.parametrize(("change", "status"), [("arrival", "arrived"), ("completion", "completed")])
def test_a_visit_of_another_day_is_asked_about_once(desk: Desk, change: str, status: str) -> None:
    visit = book(desk)
    refused = send(desk, visit, change)
    assert (refused.status_code, refused.json()["code"]) == (409, "not_today")
    assert "Monday" in refused.json()["detail"] and found(desk, visit).version == 1
    assert send(desk, visit, change, any_day=True).json()["status"] == status
    assert send(desk, visit, "undo", version=2).status_code == 200
    assert found(desk, visit).status == "confirmed"


def test_what_was_done_is_marked_the_day_after_but_nobody_arrives_then(desk: Desk) -> None:
    visit, other = book(desk), book(desk, 11)
    with clock.at(world.at(9, day=world.day_after(1))):
        assert send(desk, visit, "arrival").json()["code"] == "not_today"
        assert send(desk, other, "completion").json()["status"] == "completed"


def test_what_was_typed_stays_where_a_form_without_script_is_refused(desk: Desk) -> None:
    visit = book(desk)
    owner = signed_in(desk.clinic.id, "owner")
    sent: dict[str, dict[str, Any]] = {
        "move": {"date": "2026-11-28", "time": "03:05"},
        "note": {"note": "n" * 10_001},
        "discounts": {"size": "150", "kind": "percent", "reason": "Old friend"},
        "cancellation": {"reason": "r" * 501},
    }
    for change, typed in sent.items():
        answer = owner.post(desk.url(f"visits/{visit}/{change}"), {"version": 1, **typed})
        page = answer.content.decode()
        assert answer.status_code in (409, 422), (change, answer.status_code)
        kept = {value: f'value="{value}"' in page or f">{value}<" in page for value in typed.values()}
        assert all(kept.values()), (change, kept)


def test_nobody_is_missing_before_the_start(desk: Desk) -> None:
    visit = book(desk)
    assert send(desk, visit, "no-show").json()["code"] == "not_begun"
    button = f"/visits/{visit}/no-show"
    assert button not in str(desk.reception.get(desk.url(f"visits/{visit}/")).content)
    with clock.at(world.at(10)):
        assert button in str(desk.reception.get(desk.url(f"visits/{visit}/")).content)


def test_confirm_and_restore(desk: Desk) -> None:
    visit = book(desk, status="requested")
    assert send(desk, visit, "confirmation").json()["status"] == "confirmed"
    send(desk, visit, "cancellation", version=2)
    assert send(desk, visit, "restoration", version=3).json()["status"] == "confirmed"


def test_note(desk: Desk) -> None:
    visit = book(desk)
    assert send(desk, visit, "note", note="Brings old results").status_code == 200
    assert found(desk, visit).note == "Brings old results"


def test_impossible_status_changes_are_refused(desk: Desk) -> None:
    visit = book(desk)
    send(desk, visit, "completion", any_day=True)
    response = send(desk, visit, "cancellation", version=2)
    assert (response.status_code, response.json()["code"]) == (409, "invalid_transition")


@pytest.mark.parametrize("change", CHANGES)
def test_stale_versions_are_refused_where_the_same_was_changed(desk: Desk, change: str) -> None:
    visit = book(desk)
    actions.note(desk.clinic.id, visit, "meanwhile", world.STAFF)
    actions.move(desk.clinic.id, visit, MoveRequest(world.at(12), desk.clinic.ana, staff=True), world.STAFF)
    with clock.at(world.at(12)):
        done = actions.mark_no_show if change == "completion" else actions.complete
        done(desk.clinic.id, visit, world.STAFF)
    response = send(desk, visit, change, start=world.at(15).isoformat(), note="mine")
    assert (response.status_code, response.json()["code"]) == (409, "changed_meanwhile")


@pytest.mark.parametrize("change", CHANGES)
def test_roles_without_the_right_and_strangers_change_nothing(desk: Desk, change: str) -> None:
    visit = book(desk)
    body = {"start": world.at(15).isoformat()}
    assert send(desk, visit, change, desk.doctor, **body).status_code == 403
    assert send(desk, visit, change, desk.analyst, **body).status_code in (403, 404)
    assert send(desk, visit, change, Client(), **body).status_code == 401
    other = world.clinic()
    stranger = signed_in(other.id, "owner")
    assert send(desk, visit, change, stranger, **body).status_code == 403
    theirs = stranger.post(
        f"/{other.slug}/desk/visits/{visit}/{change}", {"version": 1, **body}, "application/json"
    )
    assert theirs.status_code == 404
    assert found(desk, visit).version == 1


@pytest.mark.parametrize(
    ("text", "status"),
    [("{", 400), ("[1]", 400), ("[" * 100_000, 413), ("[" * 50_000, 400), ('{"version": NaN}', 400), ('{"version": "x"}', 422),
     ('{"version": 1, "start": "2026-11-23T10:00"}', 422), ('{"version": 1, "start": 5}', 422), ("{}", 422),
     ('{"version": 99999999999999999999}', 422)],
)  # fmt: skip
def test_bad_bodies_are_refused(desk: Desk, text: str, status: int) -> None:
    visit = book(desk)
    response = desk.reception.post(desk.url(f"visits/{visit}/move"), text, "application/json")
    assert response.status_code == status, response.content


def test_changes_need_the_token_against_forgery(desk: Desk) -> None:
    visit = book(desk)
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = desk.reception.cookies
    assert send(desk, visit, "arrival", browser).status_code == 403


def test_forms_work_without_script(desk: Desk) -> None:
    visit = book(desk)
    address = desk.url(f"visits/{visit}/")
    asked = desk.reception.post(f"{address}arrival", {"version": "1"})
    assert asked.status_code == 409 and b'name="any_day" value="1"' in asked.content
    done = desk.reception.post(f"{address}arrival", {"version": "1", "any_day": "1"})
    assert (done.status_code, done["Location"]) == (302, address)
    refused = desk.reception.post(f"{address}completion", {"version": "1"})
    assert refused.status_code == 409 and b"set this visit to" in refused.content
    moved = desk.reception.post(f"{address}move", {"version": "2", "date": "2026-11-24", "time": "11:00"})
    assert moved.status_code == 302
    assert found(desk, visit).s == clock.to_minute(world.at(11, day=world.day_after(1)))


def test_the_panel_tells_the_visit_and_its_history(desk: Desk) -> None:
    visit = book(desk)
    send(desk, visit, "move", start=world.at(14).isoformat(), resource=desk.clinic.ana)
    page = desk.reception.get(desk.url(f"visits/{visit}/"), headers={"X-Part": "1"}).content.decode()
    assert "<html" not in page
    assert 'value="14:00"' in page and 'value="2026-11-23"' in page
    for words in ("Maria Ilie", "Consultation", "Moved", "the client", "booking page", "Reception"):
        assert words in page
    assert desk.doctor.get(desk.url(f"visits/{visit}/")).status_code == 200
    assert desk.reception.get(desk.url("visits/99999999999999999999/")).status_code == 404


def test_a_resized_visit_keeps_its_length_when_it_moves(desk: Desk) -> None:
    visit = book(desk)
    send(desk, visit, "move", start=world.at(10).isoformat(), resource=desk.clinic.ana, minutes=45)
    legal = desk.reception.get(desk.url("starts.json"), {"date": "2026-11-23", "visit": str(visit)}).json()[
        "starts"
    ]
    assert max(legal[str(desk.clinic.ana)]) == clock.to_minute(world.at(16, 15))
    moved = send(desk, visit, "move", start=world.at(14).isoformat(), resource=desk.clinic.ana, version=2)
    assert moved.status_code == 200, moved.content
    assert found(desk, visit).e - found(desk, visit).s == 45


def test_a_specialist_moves_the_own_part_within_the_own_calendar_only(desk: Desk) -> None:
    doctor = signed_in(desk.clinic.id, "specialist", desk.clinic.ana)
    items = (
        Item(desk.clinic.visit, desk.clinic.ana, world.at(10)),
        Item(desk.clinic.visit, desk.clinic.mihai, world.at(10, 30)),
    )
    shared = actions.book(desk.clinic.id, BookRequest(items, client=world.person()), world.CLIENT)
    assert isinstance(shared, Booked)
    with scope(desk.clinic.id):
        own, other = journal_visit.appointments(shared.visit_id)
    later = world.at(15).isoformat()
    assert send(desk, shared.visit_id, "move", doctor, start=later).status_code == 403
    for part, to in ((other.pk, None), (own.pk, desk.clinic.mihai)):
        body = {"start": later, "appointment": part, "alone": True, **({"resource": to} if to else {})}
        assert send(desk, shared.visit_id, "move", doctor, **body).status_code == 403
    assert found(desk, shared.visit_id).version == 1
    moved = send(desk, shared.visit_id, "move", doctor, start=later, appointment=own.pk, alone=True)
    assert moved.status_code == 200, moved.content


@pytest.mark.parametrize(("many", "status"), [(10_000, 200), (10_001, 422)])
def test_a_note_has_ten_thousand_characters_at_every_door(desk: Desk, many: int, status: int) -> None:
    visit, words = book(desk), "ш" * many
    sent = send(desk, visit, "note", note=words)
    assert (sent.status_code, found(desk, visit).note == words) == (status, status == 200)
    assert status == 200 or "10001 characters, 10000 fit" in sent.json()["detail"]
    client = found(desk, visit).client_id
    again = desk.reception.post(desk.url(f"clients/{client}/notes"), {"text": words})
    assert again.status_code in (200, 302, 422)
    with scope(desk.clinic.id):
        assert ClientNote.objects.filter(text=words).exists() is (status == 200)
    assert f'data-most="{LONGEST_NOTE}"' in desk.reception.get(desk.url(f"visits/{visit}/")).content.decode()


def test_a_printed_visit_has_its_note_and_no_empty_headings(desk: Desk) -> None:
    visit = book(desk)
    path = desk.url(f"visits/{visit}/")
    empty = desk.reception.get(path).content.decode()
    assert empty.count("no-print") >= 4 and "on-paper" not in empty
    assert send(desk, visit, "note", note="Brings the X-ray", version=1).status_code == 200
    assert '<p class="written on-paper">Brings the X-ray</p>' in desk.reception.get(path).content.decode()
