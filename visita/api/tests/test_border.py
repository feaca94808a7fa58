"""Bad input at the border: every row of the table of refusals that the API alone answers for."""

import json
from typing import Any

import pytest

from visita.api.answers import dumped
from visita.api.tests.conftest import Program, booking


def send(anyone: Program, body: Any, **headers: str) -> tuple[int, str]:
    path = f"/organizations/{anyone.clinic.slug}/bookings"
    return anyone.refused("POST", path, body, **{"Idempotency_Key": "k", **headers})


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"{} {}",
        b"",
        b" ",
        b'{"a": 1, "a": 2}',
        b'{"seats": NaN}',
        b'{"seats": -Infinity}',
        b'{"seats": 1e309}',
        b'{"note": "\xff"}',
        b"\xef\xbb\xbf{}",
        '{"seats": 1}'.encode("utf-16"),
        b"[" * 33 + b"]" * 33,
        b'{"a":' * 40 + b"1" + b"}" * 40,
        b"[" * 100_000,
        b'{"seats": ' + b"9" * 5000 + b"}",
    ],
)
def test_broken_json(anyone: Program, raw: bytes) -> None:
    assert send(anyone, raw) == (400, "bad_json")


def test_too_large_and_not_json(anyone: Program) -> None:
    assert send(anyone, b'"' + b"x" * 256 * 1024 + b'"') == (413, "too_large")
    assert send(anyone, b"a=1", Content_Type="application/x-www-form-urlencoded") == (415, "bad_content_type")
    assert send(anyone, b"{}", Content_Type="text/plain") == (415, "bad_content_type")
    assert send(anyone, b"{}", Transfer_Encoding="chunked") == (411, "length_required")
    assert send(anyone, b"{}") == (422, "required")
    assert send(anyone, b"[]") == (422, "wrong_type")


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"organization_id": 1}, "unknown_field", "organization_id"),
        ({"price": 1}, "unknown_field", "price"),
        ({"status": "completed"}, "unknown_field", "status"),
        ({"is_staff": True}, "unknown_field", "is_staff"),
        ({"client": {"first_name": "A", "id": 1}}, "unknown_field", "client.id"),
        ({"seats": "2"}, "wrong_type", "seats"),
        ({"seats": True}, "wrong_type", "seats"),
        ({"seats": 0}, "out_of_range", "seats"),
        ({"location": "1"}, "wrong_type", "location"),
        ({"items": []}, "required", "items"),
        ({"client": None}, "wrong_type", "client"),
        ({"client": {"first_name": "A\x00B"}}, "text_invalid", "client.first_name"),
        ({"client": {"first_name": "A\u202eB"}}, "text_invalid", "client.first_name"),
        ({"client": {"first_name": "a" + "\u0301" * 40}}, "text_invalid", "client.first_name"),
        ({"client": {"first_name": "A" * 121}}, "too_long", "client.first_name"),
        ({"client": {"first_name": "  "}}, "required", "client.first_name"),
        ({"client": {"first_name": "A", "email": "no"}}, "email_invalid", "client.email"),
        ({"note": "x" * 10_001}, "too_long", "note"),
        ({"fields": {"a": {"b": 1}}}, "wrong_type", None),
    ],
)
def test_refused_fields_are_named(
    anyone: Program, more: dict[str, Any], code: str, field: str | None
) -> None:
    path = f"/organizations/{anyone.clinic.slug}/bookings"
    refused = anyone.ask("POST", path, booking(anyone.clinic, **more), 422, Idempotency_Key="k")
    assert refused["errors"][0]["code"] == code
    assert field is None or refused["errors"][0]["field"] == field


def test_a_parameter_that_is_not_described_is_refused(anyone: Program, staff: Program) -> None:
    slug = anyone.clinic.slug
    for program, path in ((anyone, f"/organizations/{slug}?lang=it"), (staff, "/visits?state=x"),
                          (staff, "/clients?q=a&Q=b"), (staff, "/resources?q=a")):  # fmt: skip
        assert program.refused("GET", path) == (422, "unknown_field"), path
    answer = json.loads(
        staff.send("GET", "/visits?from=2026-11-23&to=2026-11-24&state=x&state=y&%00=1").content
    )
    assert [(each["field"], each["code"]) for each in answer["errors"]] == [
        ("state", "unknown_field"), ("\x00", "unknown_field")]  # fmt: skip
    assert anyone.refused("GET", "/visits?state=x")[0] == 401


def test_lone_surrogates_and_every_wrong_field_at_once(anyone: Program) -> None:
    raw = json.dumps(booking(anyone.clinic)).replace('"Maria"', '"\\ud800"').replace('"Ilie"', "5").encode()
    path = f"/organizations/{anyone.clinic.slug}/bookings"
    refused = anyone.ask("POST", path, raw, 422, Idempotency_Key="k")
    assert {error["field"] for error in refused["errors"]} == {"client.first_name", "client.last_name"}


def test_half_a_character_in_a_name_is_refused_in_sound_json(anyone: Program) -> None:
    path = f"/organizations/{anyone.clinic.slug}/bookings"
    for value in ("x", {"b": 1}):
        raw = json.dumps(booking(anyone.clinic, fields={"x\ud800": value})).encode()
        refused = anyone.ask("POST", path, raw, 422, Idempotency_Key="k")
        assert [one["code"] for one in refused["errors"]] == ["text_invalid"]
        assert refused["errors"][0]["field"].startswith("fields.x")
        json.dumps(refused, ensure_ascii=False).encode()  # no half of a character comes back
    assert dumped({"field": "x\ud800"}) == b'{"field":"x?"}'


def test_a_value_of_no_allowed_type_is_refused_once(anyone: Program) -> None:
    path = f"/organizations/{anyone.clinic.slug}/bookings"
    raw = booking(anyone.clinic, fields={"a": {"b": 1}, "c": "x" * 5000})
    refused = anyone.ask("POST", path, raw, 422, Idempotency_Key="k")
    assert [(one["field"], one["code"]) for one in refused["errors"]] == [
        ("fields.a", "wrong_type"), ("fields.c", "too_long"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "code"),
    [
        ("2026-11-23T09:00:00", "bad_datetime"),
        ("2026-11-23 09:00", "bad_datetime"),
        ("2026-11-23T24:00:00+02:00", "bad_datetime"),
        ("2026-11-23T09:00:60+02:00", "bad_datetime"),
        ("2027-02-29T09:00:00+02:00", "bad_datetime"),
        ("0001-01-01T00:00:00+02:00", "bad_datetime"),
        ("9999-12-31T23:59:00+02:00", "bad_datetime"),
        ("2026-11-23T09:00:00 Europe/Bucharest", "bad_datetime"),
        ("2026-11-23T09:00:00+99:00", "bad_datetime"),
        ("2026-11-23T09:00:00+02:00[x]", "bad_datetime"),
        ("٢٠٢٦-11-23T09:00:00+02:00", "bad_datetime"),
        (1795417200, "bad_datetime"),
        (None, "bad_datetime"),
        ("2026-11-23T07:00:00Z", "bad_datetime"),
        ("2026-11-23T09:00:00+03:00", "bad_datetime"),
        ("2026-11-23T12:00:00+05:00", "bad_datetime"),
        ("2027-03-28T03:30:00+02:00", "time_does_not_exist"),
        ("2027-03-28T03:30:00+03:00", "time_does_not_exist"),
        ("2026-11-23T09:00:30+02:00", "not_offered"),
        ("2026-11-23T09:10:00+02:00", "not_offered"),
        ("2026-11-23T20:00:00+02:00", "not_offered"),
        ("2026-11-22T09:00:00+02:00", "too_late"),
        ("2026-11-22T10:30:00+02:00", "notice_required"),
        ("2027-06-01T09:00:00+03:00", "too_far"),
    ],
)
def test_times(anyone: Program, start: Any, code: str) -> None:
    assert send(anyone, booking(anyone.clinic, start)) == (422, code)
    hold = {"items": booking(anyone.clinic, start)["items"]}
    assert anyone.refused("POST", f"/organizations/{anyone.clinic.slug}/holds", hold) == (422, code)


def test_a_gap_names_the_next_time(anyone: Program) -> None:
    path = f"/organizations/{anyone.clinic.slug}/bookings"
    body = booking(anyone.clinic, "2027-03-28T03:30:00+02:00")
    refused = anyone.ask("POST", path, body, 422, Idempotency_Key="k")
    assert refused["next"] == "2027-03-28T04:00:00+03:00"


def test_nothing_is_left_behind_by_a_wrong_offset(anyone: Program) -> None:
    assert send(anyone, booking(anyone.clinic, "2026-11-23T08:00:00+01:00")) == (422, "bad_datetime")
    items = {"items": booking(anyone.clinic, "2026-11-23T08:00:00+01:00")["items"]}
    path = f"/organizations/{anyone.clinic.slug}"
    assert anyone.refused("POST", f"{path}/holds", items) == (422, "bad_datetime")
    anyone.ask("POST", f"{path}/bookings", booking(anyone.clinic), 201, Idempotency_Key="k2")


@pytest.mark.parametrize("id_", [0, -1, 2**63, 2**63 - 1, 2**200])
def test_ids_that_cannot_be_are_not_found(anyone: Program, staff: Program, id_: int) -> None:
    item = {"service": id_, "start": "2026-11-23T09:00:00+02:00"}
    assert send(anyone, booking(anyone.clinic, items=[item])) == (404, "not_found")
    assert staff.refused("GET", f"/visits/{id_}") == (404, "not_found")


@pytest.mark.parametrize("id_", ["abc", "1.0", "+1", "1%20", "%00", "..%2f", "1'--", "١"])
def test_ids_of_text_are_not_found(staff: Program, id_: str) -> None:
    for path in (f"/visits/{id_}", f"/clients/{id_}", f"/resources/{id_}", f"/visits/{id_}/history"):
        assert staff.refused("GET", path) == (404, "not_found")


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("from=2026-11-23", (422, "required")),
        ("from=2026-11-23&to=2026-11-22", (422, "bad_datetime")),
        ("from=2026-11-23&to=2027-02-23", (422, "bad_span")),
        ("from=2027-02-29&to=2027-03-01", (422, "bad_datetime")),
        ("from=0001-01-01&to=0001-01-02", (422, "bad_datetime")),
        ("from=20261123&to=20261124", (422, "bad_datetime")),
        ("from=2026-11-23&to=2026-11-23&seats=0", (422, "out_of_range")),
        ("from=2026-11-23&to=2026-11-23&seats=7", (422, "bad_seats")),
        ("from=2026-11-23&to=2026-11-23&seats=x", (422, "wrong_type")),
        ("from=2026-11-23&to=2026-11-23&location=abc", (404, "not_found")),
        ("from=2026-11-23&to=2026-11-23&resource=somebody", (404, "not_found")),
        ("from=2026-11-23&to=2026-11-23&resource=1&resource=2", (422, "bad_resource")),
        ("from=2026-11-23&to=2026-11-23&service=9223372036854775808", (404, "not_found")),
    ],
)
def test_free_times_refuse_by_name(anyone: Program, query: str, answer: tuple[int, str]) -> None:
    clinic = anyone.clinic
    path = f"/organizations/{clinic.slug}/availability?service={clinic.visit}&{query}"
    assert anyone.refused("GET", path) == answer


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=1000000000", "page=x", "page=1.5"])
def test_bad_pages(staff: Program, query: str) -> None:
    assert staff.refused("GET", f"/visits?{query}") == (422, "bad_page")


def test_unlikely_names_are_welcome(anyone: Program) -> None:
    names = ("Ж", "O'Brien-Łukasiewicz", "عمر", "👩‍🔬 Ana", "<script>alert(1)</script>", "=1+1", "ก็่ำ")
    for at, name in enumerate(names):
        body = booking(anyone.clinic, f"2026-11-24T{9 + at}:00:00+02:00".replace("T9", "T09"))
        if at >= 3:
            body = booking(anyone.clinic, f"2026-11-25T{6 + at}:00:00+02:00".replace("T9", "T09"))
        body["client"] = {"first_name": name, "phone": "+40721555014"}
        anyone.ask(
            "POST", f"/organizations/{anyone.clinic.slug}/bookings", body, 201, Idempotency_Key=str(at)
        )
