"""Who may pass: keys, rights, tenants, methods; no operation is open that does not say so."""

from typing import Any

import pytest
from django.test import Client

from tests import world
from visita.api.auth import Anyone, StaffKey
from visita.api.public.manage import ManageToken
from visita.api.tests.conftest import Program, booking, key
from visita.api.urls import api
from visita.identity import actions as identity
from visita.identity.models import ApiKey
from visita.identity.rights import ALL, ROLES

OPERATIONS = [
    operation
    for router in api._get_bound_routers()
    for view in router.path_operations.values()
    for operation in view.operations
]


def right_of(operation: Any) -> str | None:
    """The right an operation asks for; None where it is open by word."""
    (rule,) = operation.auth_callbacks
    return rule.right if isinstance(rule, StaffKey) else None


def test_every_operation_is_open_by_word_or_asks_for_a_right() -> None:
    for operation in OPERATIONS:
        (rule,) = operation.auth_callbacks
        assert isinstance(rule, Anyone | ManageToken) or right_of(operation) in ALL, operation.path


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_role_passes_where_its_rights_say(clinic: world.Clinic, role: str) -> None:
    program = Program(clinic, key(clinic, role))
    for operation in OPERATIONS:
        right = right_of(operation)
        if right is None:
            continue
        path = "/" + operation.path.strip("/")
        for name in ("visit_id", "client_id", "resource_id", "location_id"):
            path = path.replace(f"{{{name}}}", "9223372036854775807")
        answer = program.send(operation.methods[0], path.replace("{day}", "2026-11-23"), {})
        assert (answer.status_code == 403) == (right not in ROLES[role]), (role, path, answer.content)


@pytest.mark.parametrize(
    "sent", ["", "Bearer", "Bearer x", "Basic abc", "Bearer AAAAAAAA-nothing", "Bearer \x7f" * 9]
)
def test_bad_keys_are_all_the_same(clinic: world.Clinic, sent: str) -> None:
    answer = Client().get("/api/v1/visits", headers={"Authorization": sent} if sent else {})
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_revoked_key_opens_nothing(clinic: world.Clinic) -> None:
    row, plaintext = identity.create_key(clinic.id, "Till", actor=world.STAFF)
    assert isinstance(row, ApiKey)
    program = Program(clinic, plaintext)
    assert program.ask("GET", "/visits")["count"] == 0
    identity.revoke_key(clinic.id, row.pk, actor=world.STAFF)
    assert program.refused("GET", "/visits") == (401, "unauthorized")


def test_a_keys_deeds_carry_its_name(staff: Program) -> None:
    visit = staff.ask("POST", "/visits", booking(staff.clinic), 201)
    deed = staff.ask("GET", f"/visits/{visit['id']}/history")["history"][0]
    assert (deed["actor"], deed["source"]) == ({"kind": "key", "label": "Till"}, "api")


def test_other_tenants_ids_are_as_unknown(staff: Program) -> None:
    stranger = Program(world.clinic())
    stranger.headers = {"Authorization": f"Bearer {key(stranger.clinic)}"}
    theirs = stranger.ask("POST", "/visits", booking(stranger.clinic), 201)
    client, other = theirs["client"]["id"], stranger.clinic
    unknown = 9223372036854775807
    start = "2026-11-23T09:00:00+02:00"
    pairs: list[tuple[str, str, Any, int]] = [
        ("GET", "/visits/{}", None, theirs["id"]),
        ("GET", "/visits/{}/history", None, theirs["id"]),
        ("POST", "/visits/{}/move", {"start": start}, theirs["id"]),
        ("POST", "/visits/{}/cancellation", {}, theirs["id"]),
        ("POST", "/visits/{}/arrival", None, theirs["id"]),
        ("POST", "/visits/{}/restoration", None, theirs["id"]),
        ("GET", "/clients/{}", None, client),
        ("PATCH", "/clients/{}", {"note": "x"}, client),
        ("GET", "/resources/{}", None, other.ana),
        ("PATCH", "/resources/{}", {"title": "x"}, other.ana),
        ("PUT", "/resources/{}/exceptions/2026-11-23", {}, other.ana),
        ("GET", f"/resources/{staff.clinic.ana}/working-time?location={{}}", None, other.location),
        ("PUT", "/locations/{}/closed-days/2026-11-23", {}, other.location),
    ]
    for method, path, body, id_ in pairs:
        answers = [staff.send(method, path.format(each), body, If_Match="1") for each in (id_, unknown)]
        assert [each.status_code for each in answers] == [404, 404], (path, answers[0].content)
        assert answers[0].content == answers[1].content, path
    assert stranger.ask("GET", f"/visits/{theirs['id']}")["version"] == 1


def test_other_tenants_ids_in_bodies_and_queries(staff: Program) -> None:
    other, mine = world.clinic(), staff.clinic
    path = f"/organizations/{mine.slug}"
    foreign = booking(mine, location=other.location)
    assert staff.refused("POST", f"{path}/bookings", foreign, Idempotency_Key="a") == (404, "not_found")
    assert staff.refused("POST", f"{path}/bookings", booking(other), Idempotency_Key="b") == (
        404,
        "not_found",
    )
    query = f"service={other.visit}&from=2026-11-23&to=2026-11-23"
    assert staff.refused("GET", f"{path}/availability?{query}") == (404, "not_found")
    assert (
        staff.ask("GET", f"/appointments?from=2026-11-23&to=2026-11-24&resource={other.ana}")["appointments"]
        == []
    )
    with_client = {**booking(mine), "client_id": 9223372036854775807}
    del with_client["client"]
    assert staff.refused("POST", "/visits", with_client) == (404, "not_found")


def test_wrong_methods_and_addresses(anyone: Program) -> None:
    slug = anyone.clinic.slug
    answer = anyone.send("DELETE", f"/organizations/{slug}")
    assert (answer.status_code, answer["Allow"], answer["Content-Type"]) == (
        405,
        "GET",
        "application/problem+json",
    )
    for method, path in (
        ("PUT", "/visits"),
        ("GET", f"/organizations/{slug}/bookings"),
        ("POST", "/openapi.json"),
    ):
        assert anyone.refused(method, path) == (405, "method_not_allowed")
    for path in (
        "/nothing",
        "/",
        "",
        "/visits/",
        "/visits/1/",
        f"/organizations/{slug}/",
        "/%00",
        "/organizations/no-such",
    ):
        assert anyone.refused("GET", path) == (404, "not_found")


def test_suspended_organizations_are_gone(anyone: Program) -> None:
    from visita.tenancy.models import Organization

    Organization.objects.filter(pk=anyone.clinic.id).update(status="suspended")
    assert anyone.refused("GET", f"/organizations/{anyone.clinic.slug}") == (404, "not_found")


def test_nothing_is_cached_but_the_description(anyone: Program) -> None:
    assert anyone.send("GET", f"/organizations/{anyone.clinic.slug}")["Cache-Control"] == "no-store"
    assert "max-age" in anyone.send("GET", "/openapi.json")["Cache-Control"]
