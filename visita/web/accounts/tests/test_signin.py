"""Signing in: the right password opens the desk, the wrong one says the same for everybody."""

from typing import Any

import pytest
from django.test import Client

from visita.identity.actions import create_user

PASSWORD = "amber-lantern-quiet-47"


@pytest.fixture
def reception(db: None) -> Client:
    create_user(email="reception@example.org", password=PASSWORD, name="Reception")
    return Client()


def sign_in(client: Client, email: str, password: str, then: str = "") -> object:
    return client.post(f"/accounts/login/{then}", {"login": email, "password": password})


def test_the_right_password_leads_on(reception: Client) -> None:
    answer = sign_in(reception, "Reception@example.org", PASSWORD, "?next=/desk/")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")  # type: ignore[attr-defined,index]


def test_unknown_and_wrong_say_the_same(reception: Client) -> None:
    pages = [
        sign_in(reception, email, "something-else-1234").content.decode()  # type: ignore[attr-defined]
        for email in ("reception@example.org", "nobody@example.org")
    ]
    errors = [page.split('role="alert"')[1].split("</div>")[0] for page in pages]
    assert errors[0] == errors[1]


def test_after_too_many_wrong_ones_the_answer_says_when_to_come_again(db: None) -> None:
    client = Client(REMOTE_ADDR="203.0.113.77")
    answers: list[Any] = [sign_in(client, "guessed@example.org", f"guess-{turn}") for turn in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
    assert answers[-1]["Retry-After"] == "300" and "Retry-After" not in answers[0]
    assert 'role="alert"' in answers[-1].content.decode()


def test_only_our_pages_are_open(reception: Client) -> None:
    for path in ("signup/", "password/reset/", "email/", "2fa/", "2fa/totp/activate/"):
        assert reception.get(f"/accounts/{path}").status_code == 404


def test_another_site_is_no_place_to_go_next(reception: Client) -> None:
    answer = sign_in(reception, "reception@example.org", PASSWORD, "?next=https://evil.example/")
    assert answer["Location"] == "/desk/"  # type: ignore[index]


def test_a_forged_session_is_nobody(reception: Client) -> None:
    reception.cookies["sessionid"] = "abcdefgh\x00ijklmnop"
    assert reception.get("/desk/").status_code == 302
