"""A program that talks to the API, and checks each answer against its description."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from django.http import HttpResponse
from django.test import Client

from tests import world
from visita.api import limits
from visita.api.openapi import document
from visita.api.urls import api
from visita.foundation import clock
from visita.identity import actions as identity

JSON = "application/json"


class Program:
    """Sends requests with default headers; `ask` gives the JSON after comparing it with the description."""

    def __init__(self, clinic: world.Clinic, key: str = "") -> None:
        self.clinic = clinic
        self.headers = {"Authorization": f"Bearer {key}"} if key else {}
        self.client = Client()

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """The raw answer; `body` is dumped unless it is bytes; keyword `If_Match` is sent as If-Match."""
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        kind = named.pop("Content-Type", JSON)
        return self.client.generic(
            method, f"/api/v1{path}", raw, content_type=kind, headers={**self.headers, **named}
        )  # type: ignore[return-value]

    def ask(self, method: str, path: str, body: Any = None, status: int = 200, **headers: str) -> Any:
        """The JSON of an answer with the expected status, of the described shape."""
        answer = self.send(method, path, body, **headers)
        assert answer.status_code == status, answer.content.decode()
        if status == 204:
            return None
        value = json.loads(answer.content)
        check(method, f"/api/v1{path.partition('?')[0]}", answer, value)
        return value

    def refused(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, str]:
        """Status and code of a problem."""
        answer = self.send(method, path, body, **headers)
        assert answer["Content-Type"] == "application/problem+json", answer.content.decode()
        value = json.loads(answer.content)
        assert value["status"] == answer.status_code
        assert {"type", "title", "detail", "code"} <= set(value)
        return answer.status_code, value["code"]


def check(method: str, path: str, answer: HttpResponse, value: Any) -> None:
    """The answer has a described status, media type and schema."""
    described = document(api)
    shape = _operation(described, method, path)["responses"][str(answer.status_code)]["content"]
    media = answer["Content-Type"].partition(";")[0]
    schema = {**shape[media]["schema"], "components": described["components"]}
    jsonschema_rs.validate(schema, value)


def _operation(described: dict[str, Any], method: str, path: str) -> dict[str, Any]:
    parts = path.split("/")
    for pattern, operations in described["paths"].items():
        wanted = pattern.split("/")
        same = len(wanted) == len(parts) and all(
            w.startswith("{") or w == p for w, p in zip(wanted, parts, strict=True)
        )
        if same and method.lower() in operations:
            found: dict[str, Any] = operations[method.lower()]
            return found
    raise AssertionError(f"{method} {path} is not described")


@pytest.fixture(autouse=True)
def nothing_read_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process forgets who has read what: the clinics of the tests are often the same two."""
    monkeypatch.setattr(limits, "_reads", limits.Reads())


@pytest.fixture
def now(db: None) -> Iterator[None]:
    """The clock of the tests' world."""
    with clock.at(world.NOW):
        yield


@pytest.fixture
def clinic(now: None) -> world.Clinic:
    """A clinic of its own."""
    return world.clinic()


@pytest.fixture
def anyone(clinic: world.Clinic) -> Program:
    """A caller without a key."""
    return Program(clinic)


@pytest.fixture
def staff(clinic: world.Clinic) -> Program:
    """A caller with an owner's key."""
    return Program(clinic, key(clinic))


def key(clinic: world.Clinic, role: str = "owner") -> str:
    """A new key of the clinic."""
    _row, plaintext = identity.create_key(clinic.id, "Till", role=role, actor=world.STAFF)
    return plaintext


def booking(clinic: world.Clinic, start: str = "2026-11-23T09:00:00+02:00", **more: Any) -> dict[str, Any]:
    """A booking's body: the consultation with Ana."""
    return {
        "items": [{"service": clinic.visit, "resource": clinic.ana, "start": start}],
        "client": {
            "first_name": "Maria",
            "last_name": "Ilie",
            "phone": "+40721555014",
            "email": "maria@example.org",
        },
        **more,
    }
