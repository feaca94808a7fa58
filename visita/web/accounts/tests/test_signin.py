"""Signing in: the right password opens the desk, the wrong one says the same for everybody."""

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


def test_only_our_pages_are_open(reception: Client) -> None:
    for path in ("signup/", "password/reset/", "email/", "2fa/", "2fa/totp/activate/"):
        assert reception.get(f"/accounts/{path}").status_code == 404


def test_another_site_is_no_place_to_go_next(reception: Client) -> None:
    answer = sign_in(reception, "reception@example.org", PASSWORD, "?next=https://evil.example/")
    assert answer["Location"] == "/desk/"  # type: ignore[index]


def test_a_forged_session_is_nobody(reception: Client) -> None:
    reception.cookies["sessionid"] = "abcdefgh\x00ijklmnop"
    assert reception.get("/desk/").status_code == 302
