"""Nobody learns from an answer whether a record existed: the whole of it is the same for known and unknown people."""

import re
from typing import Any

import pytest

from tests import world
from visita.api.tests.conftest import Program, booking
from visita.clients import actions as clients

KNOWN = world.person(email="maria@x.ro", address="Strada Paris nr. 3")


def _plain(answer: Any) -> str:
    """An answer with what differs between any two bookings (code, token, times, places) taken out."""
    text = re.sub(r"[0-9A-Z]{4}-[0-9A-Z]{4}|[0-9A-Z]{8}\b", "CODE", answer.content.decode())
    text = re.sub(r'"manage_(token|url)":\s*"[^"]*"', '"manage": "…"', text)
    text = re.sub(r"\d{4}-\d\d-\d\dT[\d:]+(\.\d+)?(\+[\d:]+|Z)", "TIME", text)
    headers = {
        name: value
        for name, value in answer.headers.items()
        if name not in ("Content-Length", "Date", "X-Request-Id")
    }
    return f"{answer.status_code} {sorted(headers.items())} {text}"


@pytest.mark.parametrize(
    "who",
    [
        {"first_name": "Maria", "last_name": "Ilie", "phone": "+40721555014"},
        {"first_name": "Maria", "last_name": "Ilie", "email": "maria@x.ro", "phone": "+40722000222"},
        {"first_name": "Maria", "last_name": "Ilie", "address": "strada paris 3", "phone": "+40722000333"},
        {
            "first_name": "Maria",
            "last_name": "Ilie",
            "address": "Strada Paris nr. 3",
            "phone": "+40722000444",
        },
        {"first_name": "Dan", "last_name": "Twin", "phone": "+40722000555"},
    ],
    ids=["phone", "email", "another address", "address", "several"],
)
def test_a_booking_answers_known_and_unknown_alike(anyone: Program, who: dict[str, str]) -> None:
    clinic = anyone.clinic
    clients.register(clinic.id, KNOWN, actor=world.STAFF)
    for _twice in range(2):
        clients.register(clinic.id, world.person("Dan", "Twin", phone="+40722000555"), actor=world.STAFF)
    stranger = {**who, "first_name": "Zoe", "last_name": "Nowhere"}
    answers = [
        anyone.send(
            "POST",
            f"/organizations/{clinic.slug}/bookings",
            {**booking(clinic, start), "client": each},
            Idempotency_Key=str(at),
        )
        for at, (start, each) in enumerate(
            (("2026-11-23T09:00:00+02:00", who), ("2026-11-23T10:00:00+02:00", stranger))
        )
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert _plain(answers[0]) == _plain(answers[1])
