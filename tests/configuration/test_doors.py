"""The API answers through fewer layers than the pages, with the same headers, and sets no cookie."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client

from config.wsgi import Doors

HEADERS = {
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Content-Security-Policy",
    "Content-Language",
    "Content-Length",
    "Content-Type",
    "Strict-Transport-Security",
    "Vary",
}


@pytest.fixture(autouse=True)
def without_connections() -> Iterator[None]:
    """Nothing here asks the database, so nothing looks at connections before and after (as in Django's own client)."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def _asked(path: str, **more: str) -> tuple[str, dict[str, str]]:
    given: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": "http",
        **more,
    }
    answer: list[Any] = []
    begin: Any = lambda status, headers: answer.extend((status, dict(headers)))  # noqa: E731
    list(Doors()(given, begin))
    return answer[0], answer[1]


@pytest.mark.parametrize("path", ["/api/v1/openapi.json", "/api/v1/nothing", "/api/v1/nothing/"])
@pytest.mark.parametrize("secure", [False, True])
def test_programs_get_the_headers_of_pages(path: str, secure: bool, settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 60
    _status, short = _asked(path, **({"wsgi.url_scheme": "https"} if secure else {}))
    full = Client().get(path, headers={"host": "localhost"}, secure=secure).headers
    assert ("Strict-Transport-Security" in short) == secure
    assert {name: short.get(name) for name in HEADERS} == {name: full.get(name) for name in HEADERS}
    assert "Set-Cookie" not in short


def test_the_reading_page_has_a_nonce_of_its_own_each_time() -> None:
    policies = {_asked("/api/v1/docs")[1]["Content-Security-Policy"] for _ in range(2)}
    assert len(policies) == 2
    assert all("nonce-" in policy for policy in policies)


def test_problems_are_told_in_the_caller_s_language_and_hosts_are_checked() -> None:
    assert _asked("/api/v1/nothing", HTTP_ACCEPT_LANGUAGE="ro")[1]["Content-Language"] == "ro"
    assert _asked("/api/v1/openapi.json", HTTP_HOST="evil.example")[0].startswith("400")


def test_what_is_read_may_be_asked_for_without_its_body() -> None:
    whole, bare = _asked("/api/v1/openapi.json"), _asked("/api/v1/openapi.json", REQUEST_METHOD="HEAD")
    assert bare[0].startswith("200") and bare[1]["Content-Length"] == whole[1]["Content-Length"] != "0"
