"""The public part: catalogue, free times, holds, bookings, the client's own booking."""

from typing import Any

import pytest

from tests import world
from tests.world import STAFF
from visita.api.tests.conftest import Program, booking, key
from visita.catalog import actions as catalog
from visita.catalog.asking import Where
from visita.tenancy import actions as tenancy


def test_organization_tells_what_can_be_booked(anyone: Program) -> None:
    clinic = anyone.clinic
    found = anyone.ask("GET", f"/organizations/{clinic.slug}")
    assert found["zone"] == "Europe/Bucharest"
    assert [place["id"] for place in found["locations"]] == [clinic.location]
    assert {each["id"] for each in found["services"]} == {clinic.visit, clinic.scan, clinic.gym, clinic.yoga}
    assert {each["id"] for each in found["resources"]} == {clinic.ana, clinic.mihai, clinic.hall}


def test_a_former_slug_still_leads_there(anyone: Program) -> None:
    former, present = anyone.clinic.slug, f"{anyone.clinic.slug}-x"
    tenancy.change_slug(anyone.clinic.id, present, actor=world.STAFF)
    assert anyone.ask("GET", f"/organizations/{former}")["slug"] == present
    path = f"/organizations/{former}/bookings"
    anyone.ask("POST", path, booking(anyone.clinic), 201, Idempotency_Key="a")


def test_free_times_carry_the_offset_and_the_resources(anyone: Program) -> None:
    clinic = anyone.clinic
    found = anyone.ask(
        "GET",
        f"/organizations/{clinic.slug}/availability?service={clinic.visit}&resource=any&from=2026-11-22&to=2026-11-23&location={clinic.location}",
    )
    assert found["zone"] == "Europe/Bucharest"
    assert found["days"][0] == {"date": "2026-11-22", "starts": []}
    assert found["days"][1]["starts"][0] == {
        "start": "2026-11-23T09:00:00+02:00",
        "end": "2026-11-23T09:30:00+02:00",
        "resources": [clinic.ana, clinic.mihai],
    }


def test_several_services_give_items(anyone: Program) -> None:
    clinic = anyone.clinic
    found = anyone.ask(
        "GET",
        f"/organizations/{clinic.slug}/availability?service={clinic.visit}&service={clinic.scan}"
        f"&resource={clinic.ana}&from=2026-11-23&to=2026-11-23",
    )
    first = found["days"][0]["starts"][0]
    assert [item["service"] for item in first["items"]] == [clinic.visit, clinic.scan]
    assert "resources" not in first


def test_hold_extend_book(anyone: Program) -> None:
    clinic = anyone.clinic
    body = {key: value for key, value in booking(clinic).items() if key == "items"}
    held = anyone.ask("POST", f"/organizations/{clinic.slug}/holds", body, 201)
    assert held["expires_at"] == "2026-11-22T10:05:00+02:00"
    assert anyone.refused("POST", f"/organizations/{clinic.slug}/holds", body) == (409, "slot_taken")
    longer = anyone.ask("POST", f"/organizations/{clinic.slug}/holds/{held['hold']}/extension")
    assert longer["expires_at"].endswith("+02:00")
    booked = anyone.ask(
        "POST",
        f"/organizations/{clinic.slug}/bookings",
        booking(clinic, hold=held["hold"]),
        201,
        Idempotency_Key="a",
    )
    assert booked["items"][0]["resource"] == clinic.ana


def test_hold_is_given_up(anyone: Program) -> None:
    clinic = anyone.clinic
    body = {"items": booking(clinic)["items"]}
    held = anyone.ask("POST", f"/organizations/{clinic.slug}/holds", body, 201)
    anyone.ask("DELETE", f"/organizations/{clinic.slug}/holds/{held['hold']}", status=204)
    anyone.ask("POST", f"/organizations/{clinic.slug}/holds", body, 201)
    gone = f"/organizations/{clinic.slug}/holds/{held['hold']}/extension"
    assert anyone.refused("POST", gone) == (410, "hold_expired")


def test_taken_time_offers_alternatives(anyone: Program) -> None:
    clinic = anyone.clinic
    path = f"/organizations/{clinic.slug}/bookings"
    anyone.ask("POST", path, booking(clinic), 201, Idempotency_Key="a")
    taken = anyone.ask("POST", path, booking(clinic), 409, Idempotency_Key="b")
    assert taken["code"] == "slot_taken"
    assert 1 <= len(taken["alternatives"]) <= 3
    assert taken["alternatives"][0]["items"][0]["service"] == clinic.visit


def test_own_booking_is_seen_moved_and_cancelled(anyone: Program) -> None:
    clinic = anyone.clinic
    booked = anyone.ask(
        "POST", f"/organizations/{clinic.slug}/bookings", booking(clinic), 201, Idempotency_Key="a"
    )
    token, path = booked["manage_token"], f"/bookings/{booked['code']}"
    assert anyone.ask("GET", path, X_Manage_Token=token)["version"] == 1
    moved = anyone.ask(
        "POST",
        f"{path}/move",
        {"start": "2026-11-24T10:00:00+02:00", "resource": None, "version": 1},
        X_Manage_Token=token,
    )
    assert (moved["start"], moved["version"]) == ("2026-11-24T10:00:00+02:00", 2)
    stale = {"reason": "", "version": 1}
    assert anyone.refused("POST", f"{path}/cancellation", stale, X_Manage_Token=token) == (
        409,
        "changed_meanwhile",
    )
    assert (
        anyone.ask("POST", f"{path}/cancellation", {"reason": "ill"}, X_Manage_Token=token)["status"]
        == "cancelled"
    )
    assert anyone.refused("POST", f"{path}/cancellation", X_Manage_Token=token) == (409, "invalid_transition")


def test_wrong_code_wrong_token_and_foreign_token_look_alike(anyone: Program) -> None:
    clinic = anyone.clinic
    booked = anyone.ask(
        "POST", f"/organizations/{clinic.slug}/bookings", booking(clinic), 201, Idempotency_Key="a"
    )
    public_id = booked["manage_token"].partition("-")[0]
    answers = {
        anyone.send("GET", f"/bookings/{code}", X_Manage_Token=token).content
        for code, token in (
            (booked["code"], f"{public_id}-wrong"),
            ("AAAAAAAA", booked["manage_token"]),
            (booked["code"], "nobody-x"),
        )
    }
    assert len(answers) == 1
    assert anyone.refused("GET", f"/bookings/{booked['code']}") == (401, "unauthorized")


def test_location_is_required_where_there_are_several(anyone: Program) -> None:
    clinic = anyone.clinic
    tenancy.add_location(clinic.id, name="Second", zone="Europe/Bucharest", actor=world.STAFF)
    path = f"/organizations/{clinic.slug}"
    query = f"service={clinic.visit}&from=2026-11-23&to=2026-11-23"
    assert anyone.refused("GET", f"{path}/availability?{query}") == (422, "location_required")
    refused = anyone.refused("POST", f"{path}/bookings", booking(clinic), Idempotency_Key="a")
    assert refused == (422, "location_required")


def test_the_description_says_what_a_booking_asks(anyone: Program) -> None:
    clinic = anyone.clinic
    here = [Where(None, None, clinic.visit)]
    field = catalog.add_field(
        clinic.id, "plate", {"en": "Plate"}, "text", required=True, where=here, actor=STAFF
    )
    catalog.add_field(clinic.id, "inner", {"en": "Inner"}, "text", asked_of="staff", actor=STAFF)
    consent = catalog.add_consent(clinic.id, {"en": "I agree."}, body={"en": "All."}, actor=STAFF)
    found = anyone.ask("GET", f"/organizations/{clinic.slug}")
    assert [each["code"] for each in found["fields"]] == ["plate"]
    assert found["fields"][0]["where"] == [{"location": None, "specialty": None, "service": clinic.visit}]
    assert [(each["id"], each["text"], each["required"]) for each in found["consents"]] == [
        (consent.pk, "All.", True)
    ]
    path = f"/organizations/{clinic.slug}/bookings"
    body = {
        "items": [{"service": clinic.visit, "start": "2026-11-23T09:00:00+02:00"}],
        "client": {"first_name": "Ana", "last_name": "Pop", "phone": "+40721555014"},
        "fields": {}, "consents": [], "price_seen": 1,
    }  # fmt: skip
    sent = {"Idempotency_Key": "asked-1"}
    assert anyone.refused("POST", path, body, **sent) == (422, "field_required")
    body["fields"] = {str(field.pk): "B 01"}
    assert anyone.refused("POST", path, body, **sent) == (422, "consent_required")
    body["consents"] = [f"{consent.pk}.1"]
    assert anyone.refused("POST", path, body, **sent) == (409, "price_changed")
    body["price_seen"] = 30000
    assert anyone.ask("POST", path, body, 201, **sent)["status"] == "confirmed"


def test_the_organizations_own_program_answers_for_its_clients(anyone: Program, staff: Program) -> None:
    clinic = anyone.clinic
    catalog.add_field(clinic.id, "plate", {"en": "Plate"}, "text", required=True, where=[], actor=STAFF)
    catalog.add_consent(clinic.id, {"en": "I agree."}, body={"en": "All."}, actor=STAFF)
    tenancy.set_setting(clinic.id, "confirm_phone", True, actor=STAFF)
    path, body = f"/organizations/{clinic.slug}/bookings", booking(clinic)
    assert anyone.refused("POST", path, body, Idempotency_Key="a") == (403, "phone_not_confirmed")
    reads = Program(clinic, key(clinic, "analyst"))
    assert reads.refused("POST", path, body, Idempotency_Key="b") == (403, "phone_not_confirmed")
    elsewhere = Program(clinic, key(world.clinic()))
    assert elsewhere.refused("POST", path, body, Idempotency_Key="c") == (403, "phone_not_confirmed")
    wrong = {**body, "fields": {"colour": "red"}}
    assert staff.refused("POST", path, wrong, Idempotency_Key="d") == (422, "unknown_field")
    assert staff.ask("POST", path, body, 201, Idempotency_Key="e")["status"] == "confirmed"


@pytest.mark.parametrize("contact", [{}, {"phone": "", "email": " "}, {"phone": None}])
def test_nobody_books_who_cannot_be_told_anything(
    anyone: Program, staff: Program, contact: dict[str, Any]
) -> None:
    path = f"/organizations/{anyone.clinic.slug}/bookings"
    body = {**booking(anyone.clinic), "client": {"first_name": "Maria", "last_name": "Ilie", **contact}}
    refused = anyone.ask("POST", path, body, 422, Idempotency_Key="a")
    assert [(each["field"], each["code"]) for each in refused["errors"]] == [("client.phone", "required")]
    assert staff.ask("POST", path, body, 201, Idempotency_Key="b")["status"] == "confirmed"


@pytest.mark.parametrize("contact", [{"phone": "+40721555014"}, {"email": "maria@example.org"}])
def test_either_contact_is_enough(anyone: Program, contact: dict[str, str]) -> None:
    path = f"/organizations/{anyone.clinic.slug}/bookings"
    body = {**booking(anyone.clinic), "client": {"first_name": "Maria", **contact}}
    assert anyone.ask("POST", path, body, 201, Idempotency_Key="a")["status"] == "confirmed"


def test_consents_asked_for_one_service_only_are_described(anyone: Program) -> None:
    clinic = anyone.clinic
    catalog.add_consent(clinic.id, {"en": "I agree."}, body={"en": "All."}, actor=STAFF)
    tenancy.set_setting(clinic.id, "ask_consents", False, actor=STAFF)
    assert anyone.ask("GET", f"/organizations/{clinic.slug}")["consents"] == []
    tenancy.set_setting(
        clinic.id, "ask_consents", True, actor=STAFF, scope_kind="service", scope_id=clinic.visit
    )
    assert len(anyone.ask("GET", f"/organizations/{clinic.slug}")["consents"]) == 1
