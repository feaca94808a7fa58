"""What stands around every view: faults and a database that is away become problems that tell nothing."""

import logging

import psycopg
import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.test import RequestFactory

from visita.api.shell import shelled


def answer_to(failure: Exception) -> HttpResponse:
    """What a view that fails like this answers."""

    def view(_request: HttpRequest) -> HttpResponse:
        raise failure

    found = shelled(view)(RequestFactory().get("/api/v1/visits"))
    assert isinstance(found, HttpResponse)
    return found


def test_our_faults_are_logged_and_not_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "visita.api"):
        answer = answer_to(KeyError("a secret"))
    assert (answer.status_code, b"secret" in answer.content) == (500, False)
    assert "a secret" in caplog.text


def test_a_database_that_is_away_is_asked_again() -> None:
    idle = InternalError()
    idle.__cause__ = psycopg.errors.IdleInTransactionSessionTimeout()
    for failure in (OperationalError("gone"), idle):
        answer = answer_to(failure)
        assert (answer.status_code, answer["Retry-After"]) == (503, "2")
        assert answer["Content-Type"] == "application/problem+json"


def test_an_internal_error_of_the_database_is_a_fault() -> None:
    assert answer_to(InternalError()).status_code == 500


@pytest.mark.parametrize("failure", [SuspiciousOperation(), UnreadablePostError()])
def test_requests_that_cannot_be_read(failure: Exception) -> None:
    assert answer_to(failure).status_code == 400
